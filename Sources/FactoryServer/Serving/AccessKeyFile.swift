import Glibc

/// The file that holds the key to the API: made at the first start, readable for its owner alone.
struct AccessKeyFile {
    /// Path of the file.
    let path: String

    /// The key, and whether it was made just now.
    ///
    /// - Throws: for a file that others can read, or that holds no key.
    func readOrMake() throws(ServerError) -> (key: String, isNew: Bool) {
        if let key = try read() { return (key, false) }
        let key = "cf_local_" + Self.randomHex(bytes: 32)
        // Written aside and linked, so that a key is there whole or not at all.
        let temporary = "\(path).new"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw cannot("make", errno) }
        let bytes = Array((key + "\n").utf8)
        let written = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        guard written, rename(temporary, path) == 0 else { throw cannot("write", written ? errno : code) }
        return (key, true)
    }

    private func read() throws(ServerError) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw cannot("read", errno)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw cannot("look at", errno) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 == 0, status.st_uid == geteuid() else {
            throw .storage(
                reason: "the file \(path) holds the key to the API and can be reached by others: "
                    + "chmod 600 it, or delete it to have a new key made")
        }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let key = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).trimmingSpaces()
        guard key.hasPrefix("cf_"), key.utf8.count >= 40 else {
            throw .storage(reason: "the file \(path) holds no key: delete it to have a new one made")
        }
        return key
    }

    private func cannot(_ what: String, _ code: Int32) -> ServerError {
        .storage(reason: "cannot \(what) the file \(path): \(String(cString: strerror(code)))")
    }

    static func randomHex(bytes count: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in
            let digits = String(UInt8.random(in: .min ... .max, using: &generator), radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
