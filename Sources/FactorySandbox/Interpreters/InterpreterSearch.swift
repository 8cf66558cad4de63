#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Finds programs that can run in the jail: ELF files that lie in a folder the jail holds. Version managers' shims are
/// scripts outside of it, so `PATH` is not asked.
struct InterpreterSearch {
    /// What the jail holds of the host.
    static let boundFolder = "/usr/"

    let folders: [String]

    /// Paths of programs for `language`, best first, without symbolic links and repetitions; and, for messages, what
    /// was found and is of no use.
    func candidates(for language: SandboxLanguage) -> (paths: [String], refused: [String]) {
        var paths: [String] = []
        var refused: [String] = []
        for folder in folders {
            for name in language.programNames {
                let given = folder + "/" + name
                guard let path = Self.resolve(given), !paths.contains(path) else { continue }
                if !path.hasPrefix(Self.boundFolder) {
                    refused.append("\(given) leads to \(path), outside of /usr")
                } else if !Self.isProgram(path) {
                    refused.append("\(given) is not an ELF program that can be executed")
                } else {
                    paths.append(path)
                }
            }
        }
        return (paths, refused)
    }

    private static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func isProgram(_ path: String) -> Bool {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return false }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o001 != 0 else {
            return false
        }
        var magic = [UInt8](repeating: 0, count: 4)
        return pread(file, &magic, 4, 0) == 4 && magic == [0x7F] + Array("ELF".utf8)
    }
}
