import FactoryJSON
import Glibc

/// The servers that somebody has signed in to, with their keys: a file for its owner alone.
struct ServerBook {
    private(set) var current: String?
    private(set) var keys: [String: String]
    private let path: String

    /// Reads the book of this user; an empty one where there is none yet.
    init() throws {
        path = try Self.folder() + "/servers.json"
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            guard errno == ENOENT else {
                throw CommandFailure(.usage, "cannot read \(path): \(String(cString: strerror(errno)))")
            }
            (current, keys) = (nil, [:])
            return
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & 0o077 == 0, status.st_uid == geteuid() else {
            throw CommandFailure(
                .usage, "\(path) holds keys and can be reached by others", hint: "chmod 600 \(path)")
        }
        guard let book = try? JSON(parsing: try TextFile.bytes(path, of: "login")) else {
            throw CommandFailure(.usage, "\(path) is damaged", hint: "delete it and log in again")
        }
        current = book["current"]?.stringValue
        keys = (book["servers"]?.objectValue ?? [:]).reduce(into: [:]) { keys, member in
            keys[member.key] = member.value["key"]?.stringValue
        }
    }

    /// Remembers the key of `server`, and takes that as the current one.
    mutating func remember(_ server: String, key: String) throws {
        keys[server] = key
        current = server
        try write()
    }

    /// Forgets `server` with its key.
    mutating func forget(_ server: String) throws {
        keys[server] = nil
        if current == server { current = nil }
        try write()
    }

    private func write() throws {
        let servers = JSONObject(keys.sorted { $0.key < $1.key }.map { ($0.key, ["key": .string($0.value)]) })
        let book: JSON = ["current": current.map(JSON.string) ?? .null, "servers": .object(servers)]
        try PrivateFile.write(Array((book.serialized(pretty: true) + "\n").utf8), to: path)
    }

    private static func folder() throws -> String {
        let base: String
        if let given = getenv("XDG_CONFIG_HOME").map({ String(cString: $0) }), given.hasPrefix("/") {
            base = given
        } else if let home = getenv("HOME").map({ String(cString: $0) }), !home.isEmpty {
            base = home + "/.config"
        } else {
            throw CommandFailure(.usage, "neither XDG_CONFIG_HOME nor HOME is set", hint: "set one of them")
        }
        for folder in [base, base + "/code-factory"] {
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
                throw CommandFailure(.usage, "cannot make \(folder): \(String(cString: strerror(errno)))")
            }
        }
        return base + "/code-factory"
    }
}

/// A file that is there whole or not at all, and that only its owner may read.
enum PrivateFile {
    static func write(_ bytes: [UInt8], to path: String) throws {
        let temporary = "\(path).\(getpid()).new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure(path, errno) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        let isWritten = rest.isEmpty && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        guard isWritten, rename(temporary, path) == 0 else {
            let reason = isWritten ? errno : code
            unlink(temporary)
            throw failure(path, reason)
        }
    }

    private static func failure(_ path: String, _ code: Int32) -> CommandFailure {
        CommandFailure(.usage, "cannot write \(path): \(String(cString: strerror(code)))")
    }
}
