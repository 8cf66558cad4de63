import CJail

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open descriptor that closes with its last reference.
final class Descriptor: Sendable {
    let number: Int32
    init(_ number: Int32) { self.number = number }
    deinit { close(number) }
}

extension Descriptor {
    /// A pipe whose reading end does not block.
    static func pipe() throws(SandboxError) -> (read: Descriptor, write: Descriptor) {
        var pair: [Int32] = [-1, -1]
        try check(cjail_pipe(&pair, true), "a pipe")
        return (Descriptor(pair[0]), Descriptor(pair[1]))
    }

    static func socketPair() throws(SandboxError) -> (Descriptor, Descriptor) {
        var pair: [Int32] = [-1, -1]
        try check(cjail_socket_pair(&pair), "a pair of sockets")
        return (Descriptor(pair[0]), Descriptor(pair[1]))
    }

    static func memoryFile(_ name: String) throws(SandboxError) -> Descriptor {
        Descriptor(try check(cjail_memory_file(name), "a memory file"))
    }

    static func event() throws(SandboxError) -> Descriptor { Descriptor(try check(cjail_event(), "an event")) }

    static func nothing() throws(SandboxError) -> Descriptor {
        let number = open("/dev/null", O_RDONLY | O_CLOEXEC)
        return Descriptor(try check(number < 0 ? -errno : number, "/dev/null"))
    }

    /// Passes on what a call of CJail answers, unless it is a negated `errno`.
    @discardableResult
    static func check(_ answer: Int32, _ what: String) throws(SandboxError) -> Int32 {
        guard answer < 0 else { return answer }
        throw .setupFailed(SandboxProblem(reason: "\(what): \(text(of: -answer))"))
    }

    static func text(of code: Int32) -> String { String(cString: strerror(code)) }

    /// Writes all of `bytes`.
    func write(_ bytes: UnsafeRawBufferPointer) throws(SandboxError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = SystemCall.writeOnce(number, UnsafeRawBufferPointer(rebasing: rest))
            if count < 0 && errno == EINTR { continue }
            try Self.check(count < 0 ? -errno : 0, "writing a memory file")
            rest = rest.dropFirst(count)
        }
    }

    func write(_ bytes: [UInt8]) throws(SandboxError) {
        var failure: SandboxError?
        bytes.withUnsafeBytes { buffer in
            do throws(SandboxError) { try write(buffer) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Makes a memory file unchangeable.
    func seal() throws(SandboxError) { try Self.check(cjail_seal(number), "sealing a memory file") }
}
