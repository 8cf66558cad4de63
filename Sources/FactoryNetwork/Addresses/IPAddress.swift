#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An IPv4 or IPv6 address, as its bytes in network order.
public struct IPAddress: Sendable, Hashable {
    /// 4 bytes for IPv4, 16 for IPv6.
    public let bytes: [UInt8]

    /// True for an IPv4 address; an IPv4 address mapped into IPv6 is an IPv6 address.
    public var isIPv4: Bool { bytes.count == 4 }

    /// The address of `bytes`; nil unless there are 4 or 16.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads the canonical text forms only: a dotted quad of decimal numbers without leading zeros, or IPv6 text
    /// (RFC 4291, without brackets and zone). The shorthands of `inet_aton` (`127.1`, `0x7f.1`, `2130706433`) are nil.
    public init?(_ text: some StringProtocol) {
        if let quad = Self.dottedQuad(text) {
            bytes = quad
        } else if let sixteen = Self.colonHex(String(text)) {
            bytes = sixteen
        } else {
            return nil
        }
    }

    private static func dottedQuad(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var quad: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            if part.count > 1, part.first == 0x30 { return nil }
            let value = part.reduce(0) { $0 * 10 + Int($1 - 0x30) }
            guard let byte = UInt8(exactly: value) else { return nil }
            quad.append(byte)
        }
        return quad
    }

    private static func colonHex(_ text: String) -> [UInt8]? {
        guard text.utf8.contains(UInt8(ascii: ":")), !text.utf8.contains(0) else { return nil }
        var result = [UInt8](repeating: 0, count: 16)
        let parsed = result.withUnsafeMutableBytes { inet_pton(AF_INET6, text, $0.baseAddress) }
        return parsed == 1 ? result : nil
    }
}

extension IPAddress: CustomStringConvertible {
    /// The canonical text, IPv6 in the form of RFC 5952 and without brackets.
    public var description: String {
        if isIPv4 { return bytes.map { String($0) }.joined(separator: ".") }
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let written = bytes.withUnsafeBytes { source in
            inet_ntop(AF_INET6, source.baseAddress, &buffer, socklen_t(buffer.count)) != nil
        }
        guard written else { return "::" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
