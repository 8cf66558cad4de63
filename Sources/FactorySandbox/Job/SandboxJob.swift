public import FactoryJSON

/// Code to run, with what it gets to see.
public struct SandboxJob: Sendable {
    /// What the code is written in.
    public var language: SandboxLanguage
    /// The source text. It sees `inputs`, and defines `main(inputs)` or assigns `result`.
    public var code: String
    /// The value of `inputs`.
    public var inputs: JSON
    /// Files in the job's current folder.
    public var files: [SandboxFile]
    /// Whether files that the job adds, changes or deletes come back.
    public var collectsFiles: Bool
    /// What the job may use.
    public var limits: SandboxLimits

    /// A job; by default without files and with the standard limits of the language.
    public init(
        language: SandboxLanguage, code: String, inputs: JSON = [:], files: [SandboxFile] = [],
        collectsFiles: Bool = false, limits: SandboxLimits? = nil
    ) {
        self.language = language
        self.code = code
        self.inputs = inputs
        self.files = files
        self.collectsFiles = collectsFiles
        self.limits = limits ?? .standard(for: language)
    }

    func check(against maximum: SandboxLimits) throws(SandboxError) {
        try limits.check(against: maximum)
        try SandboxFile.check(files, limits: limits)
    }
}

/// What code can be written in.
public enum SandboxLanguage: String, Sendable, CaseIterable {
    case python, javascript

    /// What error messages and stack traces call the user's own code.
    public var fileName: String {
        switch self {
        case .python: "step.py"
        case .javascript: "step.js"
        }
    }
}
