import Glibc

/// A file named on the command line.
enum TextFile {
    /// Largest file that is read: 16 MiB.
    static let limit = 16 << 20

    /// The bytes of the file at `path`; `-` is standard input.
    static func bytes(_ path: String, of option: String) throws -> [UInt8] {
        let file = path == "-" ? fdopen(dup(STDIN_FILENO), "re") : fopen(path, "re")
        guard let file else {
            throw CommandFailure(.usage, "\(option): cannot read \(path): \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            bytes += buffer.prefix(count)
            guard bytes.count <= limit else {
                throw CommandFailure(.usage, "\(option): \(path) is longer than 16 MiB")
            }
            if count == 0 { break }
        }
        guard ferror(file) == 0 else {
            throw CommandFailure(.usage, "\(option): cannot read \(path): \(String(cString: strerror(errno)))")
        }
        return bytes
    }

    /// Writes `bytes` to the file at `path`, in the place of what it held.
    static func write(_ bytes: [UInt8], to path: String) throws {
        guard let file = fopen(path, "we") else {
            throw CommandFailure(.usage, "cannot write \(path): \(String(cString: strerror(errno)))")
        }
        let count = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, count == bytes.count else {
            throw CommandFailure(.usage, "cannot write \(path): \(String(cString: strerror(errno)))")
        }
    }

    /// Writes `text` to the file at `path`, in the place of what it held.
    static func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

    /// The text of the file at `path`, which must be UTF-8.
    static func read(_ path: String, of option: String) throws -> String {
        guard let text = String(validating: try bytes(path, of: option), as: UTF8.self) else {
            throw CommandFailure(.usage, "\(option): \(path) is not UTF-8 text")
        }
        return text
    }
}
