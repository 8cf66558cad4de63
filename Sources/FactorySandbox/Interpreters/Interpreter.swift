/// A program that runs one language in the jail.
public struct Interpreter: Sendable, Hashable {
    /// What it runs.
    public let language: SandboxLanguage
    /// Its path, without symbolic links.
    public let path: String
    /// Its version, as it printed it in a jail (`3.11.2`).
    public let version: String
}

extension SandboxLanguage {
    /// File names to look for, best first.
    var programNames: [String] {
        switch self {
        case .python: ["python3"] + (8...20).reversed().map { "python3.\($0)" }
        case .javascript: ["node", "nodejs"]
        }
    }

    /// The oldest version that is used: major and minor.
    var oldestVersion: [Int] {
        switch self {
        case .python: [3, 8]
        case .javascript: [18, 0]
        }
    }

    /// Arguments that make the program print its version.
    var versionArguments: [String] {
        switch self {
        case .python: ["-I", "-S", "-c", "import sys; print('.'.join(map(str, sys.version_info[:3])))"]
        case .javascript: ["-p", "process.versions.node"]
        }
    }
}
