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

    /// Permission bits of the file `name`; 0 where there is none.
    public func mode(_ name: String) -> UInt32 {
        var status = stat()
        return stat(file(name), &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    /// The text of the file `name`; nil where there is none.
    public func read(_ name: String) -> String? { bytes(name).map { String(decoding: $0, as: UTF8.self) } }

    /// The bytes of the file `name`; nil where there is none.
    public func bytes(_ name: String) -> [UInt8]? {
        guard let file = fopen(file(name), "re") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer.prefix(count) }
        return bytes
    }

    /// Writes `bytes` to the file `name`, from its byte number `offset` on; the folders it stands in are made.
    public func write(_ bytes: [UInt8], to name: String, at offset: Int? = nil) {
        if offset == nil { write("", to: name) }
        guard let file = fopen(file(name), "r+e") else { preconditionFailure("cannot write \(name)") }
        defer { fclose(file) }
        precondition(fseek(file, offset ?? 0, SEEK_SET) == 0 && fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }

    /// Copies the folder `Tests/Fixtures/NAME` of the repository into `folder`.
    ///
    /// - Parameter caller: a file of a test target: where the repository is known from.
    public static func copyFixture(_ name: String, to folder: TemporaryFolder, caller: String = #filePath) {
        guard let tests = caller.firstRange(of: "/Tests/") else { preconditionFailure("\(caller) is no test") }
        copy(String(caller[..<tests.lowerBound]) + "/Tests/Fixtures/" + name, to: folder, as: "")
    }

    private static func copy(_ source: String, to folder: TemporaryFolder, as name: String) {
        guard let listing = opendir(source) else {
            guard let file = fopen(source, "re") else { preconditionFailure("there is no \(source)") }
            defer { fclose(file) }
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer.prefix(count) }
            return folder.write(bytes, to: name)
        }
        defer { closedir(listing) }
        while let entry = readdir(listing) {
            let child = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard child != ".", child != ".." else { continue }
            copy("\(source)/\(child)", to: folder, as: name.isEmpty ? child : "\(name)/\(child)")
        }
    }
}
