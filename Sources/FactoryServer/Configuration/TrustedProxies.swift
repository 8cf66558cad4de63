import FactoryNetwork

/// The proxies whose word is taken.
struct TrustedProxies: Sendable {
    private let ranges: [AddressRange]

    /// The proxies with these addresses or ranges; what is neither is left out.
    init(_ texts: [String]) { ranges = texts.compactMap(Self.range) }

    /// Whether `address` is one of them.
    @Sendable func contains(_ address: String) -> Bool {
        guard !ranges.isEmpty, let address = IPAddress(address) else { return false }
        return ranges.contains { $0.contains(address) }
    }

    /// The range that `text` is; an address is a range of itself.
    static func range(_ text: String) -> AddressRange? {
        if text.contains("/") { return AddressRange(text) }
        return IPAddress(text).flatMap { AddressRange("\(text)/\($0.bytes.count * 8)") }
    }
}
