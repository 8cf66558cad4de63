import Glibc

/// A folder of a test's own, gone with the value.
public final class TemporaryFolder: Sendable {
    /// Absolute path, without links in it.
    public let path: String

    /// Makes a new, empty folder.
    public init() {
        var template = Array("/tmp/factory-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { preconditionFailure("cannot make a temporary folder") }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit { Self.remove(path) }

    /// Removes the file or the folder at `path` with all it holds; links are removed, not followed.
    private static func remove(_ path: String) {
        guard unlink(path) != 0 else { return }
        guard let folder = opendir(path) else { return }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        closedir(folder)
        for name in names { remove("\(path)/\(name)") }
        rmdir(path)
    }

    /// The path of `name` in this folder.
    public func file(_ name: String) -> String { path + "/" + name }

    /// Writes `text` to the file `name`, making the folders it stands in.
    public func write(_ text: String, to name: String) {
        var partial = path
        for component in name.split(separator: "/").dropLast() {
            partial += "/" + component
            mkdir(partial, 0o700)
        }
        guard let file = fopen(file(name), "we") else { preconditionFailure("cannot write \(name)") }
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        precondition(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }

    /// Bytes of the file `name`; 0 where there is none.
    public func size(_ name: String) -> Int {
        var status = stat()
        return stat(file(name), &status) == 0 ? Int(status.st_size) : 0
    }

    /// The text of the file `name`; nil where there is none.
    public func read(_ name: String) -> String? {
        guard let file = fopen(file(name), "re") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer.prefix(count) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
