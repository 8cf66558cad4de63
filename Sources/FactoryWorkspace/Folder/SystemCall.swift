#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Plain reads and writes on a descriptor, repeated until done. Failures are `errno` values.
enum SystemCall {
    /// An `errno` value.
    struct Failure: Error { let code: Int32 }

    static func text(of code: Int32) -> String { String(cString: strerror(code)) }

    /// A folder of the host, links followed; negative with `errno` set when it cannot be opened.
    static func openFolder(_ path: String) -> Int32 { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }

    /// Reads to the end; nil as soon as there are more than `limit` bytes, whatever `fstat` promised.
    static func readAll(_ descriptor: Int32, expecting size: Int, limit: Int) throws(Failure) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(size, limit) + 1)
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw Failure(code: errno)
            }
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else { return nil }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    static func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) throws(Failure) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                write(descriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw Failure(code: errno)
            }
            offset += count
        }
    }

    static func sync(_ descriptor: Int32) throws(Failure) {
        guard fsync(descriptor) == 0 else { throw Failure(code: errno) }
    }
}

/// An open descriptor, closed with the value's life.
struct Descriptor: ~Copyable {
    let number: Int32
    deinit { _ = close(number) }

    /// Gives the number away; the receiver closes it.
    consuming func release() -> Int32 {
        let number = self.number
        discard self
        return number
    }
}
