#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What runs on the host, and code run there without a jail: the controls that show that a test could fail.
enum HostProcesses {
    /// A number of seconds to sleep that no other test, and no other run of the tests, uses.
    static func mark(_ seconds: Int) -> String { "\(seconds).\(getpid())" }

    /// Numbers of the processes whose command line contains `mark`.
    static func running(_ mark: String) -> [pid_t] {
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        var found: [pid_t] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let process = pid_t(name), text(of: "/proc/\(process)/cmdline").contains(mark) else { continue }
            found.append(process)
        }
        return found
    }

    /// The same, once there is one, or after two seconds. A program that was just started has no command line yet.
    static func started(_ mark: String) -> [pid_t] {
        let deadline = ContinuousClock.now + .seconds(2)
        while ContinuousClock.now < deadline {
            let found = running(mark)
            if !found.isEmpty { return found }
            _ = poll(nil, 0, 5)
        }
        return []
    }

    /// Whether none of them is left, at the latest after `seconds`.
    static func areGone(_ mark: String, within seconds: Int) -> Bool {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            if running(mark).isEmpty { return true }
            _ = poll(nil, 0, 5)
        }
        return running(mark).isEmpty
    }

    static func text(of path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        return readAll(file)
    }

    /// What `python3` outside of any jail prints for `code`.
    static func python(_ code: String) -> String {
        var template = Array("/tmp/factory-control-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        defer { unlink(path) }
        let bytes = Array(code.utf8)
        _ = write(file, bytes, bytes.count)
        close(file)
        return output(of: "/usr/bin/python3 \(path) 2>&1")
    }

    /// What a shell command prints.
    static func output(of command: String) -> String {
        guard let pipe = popen(command, "r") else { return "" }
        defer { pclose(pipe) }
        return readAll(pipe)
    }

    private static func readAll(_ file: UnsafeMutablePointer<FILE>) -> String {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece[..<count]
        }
    }
}
