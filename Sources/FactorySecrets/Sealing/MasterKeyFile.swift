import Glibc

/// A file with a master key, readable for its owner alone.
struct MasterKeyFile: Sendable {
    let path: String

    /// The key; nil where there is no such file.
    ///
    /// - Throws: for a symbolic link, a file that is none, belongs to somebody else or can be reached by others, and for
    ///   one that holds no key.
    func read() throws(SecretError) -> MasterKey? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT: return nil
            case ELOOP: throw .unusableKey(path, "is a symbolic link: put the file itself there")
            case let code: throw cannot("be read", code)
            }
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw cannot("be looked at", errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unusableKey(path, "is not a file") }
        guard status.st_uid == geteuid() else {
            throw .unusableKey(path, "belongs to another user (\(status.st_uid)): chown it to the one who runs this")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw .unusableKey(
                path, "can be reached by others (mode \(String(status.st_mode & 0o777, radix: 8))): chmod 600 it")
        }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count >= 0 else { throw cannot("be read", errno) }
        guard let key = MasterKey(parsing: String(decoding: bytes.prefix(count), as: UTF8.self)) else {
            throw .unusableKey(path, "holds no key: 64 hex digits are expected, \(count) bytes are there")
        }
        return key
    }

    /// The key, made now where there is no such file. Of several that make it at once one wins, and all have its key.
    func make() throws(SecretError) -> MasterKey {
        if let key = try read() { return key }
        let new = MasterKey.random()
        // Written aside and linked, so that a key is there whole or not at all, and none is ever replaced.
        let temporary = "\(path).\(getpid()).\(new.id)"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw cannot("be made", errno) }
        defer { unlink(temporary) }
        let bytes = Array(new.text.utf8)
        let isWritten = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        guard isWritten else { throw cannot("be written", code) }
        if link(temporary, path) == 0 {
            try syncFolder()
            return new
        }
        guard errno == EEXIST, let key = try read() else { throw cannot("be made", errno) }
        return key
    }

    /// Takes the place of `other`.
    func move(to other: MasterKeyFile) throws(SecretError) {
        guard rename(path, other.path) == 0 else { throw cannot("be renamed", errno) }
        try syncFolder()
    }

    private func syncFolder() throws(SecretError) {
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "."
        let descriptor = open(String(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw cannot("be made durable", errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw cannot("be made durable", errno) }
    }

    private func cannot(_ what: String, _ code: Int32) -> SecretError {
        .unusableKey(path, "cannot \(what): \(String(cString: strerror(code)))")
    }
}
