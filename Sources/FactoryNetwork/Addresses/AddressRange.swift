/// All addresses that share a prefix, written in CIDR form: `10.0.0.0/8`, `fd00::/8`.
public struct AddressRange: Sendable, Hashable {
    /// An address of the range; bits after the prefix are zero.
    public let base: IPAddress
    /// How many leading bits are shared: 0–32 for IPv4, 0–128 for IPv6.
    public let prefixLength: Int

    /// Reads CIDR text; nil when the address is not canonical, the length is out of bounds or host bits are set.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let base = IPAddress(parts[0]), let length = Int(parts[1]),
            parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            (0...base.bytes.count * 8).contains(length)
        else { return nil }
        self.base = base
        prefixLength = length
        guard Self.masked(base.bytes, to: length) == base.bytes else { return nil }
    }

    /// True when `address` is of the same family and shares the prefix.
    public func contains(_ address: IPAddress) -> Bool {
        address.bytes.count == base.bytes.count && Self.masked(address.bytes, to: prefixLength) == base.bytes
    }

    private static func masked(_ bytes: [UInt8], to length: Int) -> [UInt8] {
        bytes.enumerated().map { place, byte in
            let kept = min(max(length - place * 8, 0), 8)
            return kept == 0 ? 0 : byte & (0xFF << UInt8(8 - kept))
        }
    }
}

extension AddressRange: CustomStringConvertible {
    /// As it is read.
    public var description: String { "\(base)/\(prefixLength)" }
}
