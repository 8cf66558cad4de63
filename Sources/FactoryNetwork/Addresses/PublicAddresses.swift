/// Which addresses lie on the public internet. Everything else is refused unless an operator allowed it.
///
/// Source: the IANA special-purpose address registries for IPv4 and IPv6. An IPv6 address that carries an IPv4 address
/// is judged by both: the carried address must be public too.
enum PublicAddresses {
    private static let refusedIPv4 = ranges([
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    ])

    private static let refusedIPv6 = ranges([
        "::/128", "::1/128", "fe80::/10", "fec0::/10", "fc00::/7", "ff00::/8", "2001:db8::/32", "100::/64",
        "64:ff9b:1::/48", "2001:2::/48", "2001:10::/28", "3fff::/20",
    ])

    /// All of IPv6 that is given out for the internet; of the rest only addresses that carry an IPv4 address are reachable.
    private static let givenOut = ranges(["2000::/3"])

    /// Where an IPv6 range carries an IPv4 address: the byte at which it starts. Teredo (`2001::/32`) stores the
    /// client's address with every bit flipped, and its server's address in plain.
    private static let carriers: [(range: AddressRange, offset: Int, isFlipped: Bool)] = [
        ("::ffff:0:0/96", 12, false), ("::/96", 12, false), ("64:ff9b::/96", 12, false),
        ("64:ff9b:1::/48", 12, false), ("2002::/16", 2, false), ("2001::/32", 4, false), ("2001::/32", 12, true),
    ].compactMap { text, offset, isFlipped in AddressRange(text).map { ($0, offset, isFlipped) } }

    /// True when `address`, and any IPv4 address it carries, is none of the refused ones.
    static func contains(_ address: IPAddress) -> Bool {
        if address.isIPv4 { return !refusedIPv4.contains { $0.contains(address) } }
        let carried = carriedAddresses(of: address)
        let isGivenOut = !carried.isEmpty || givenOut.contains { $0.contains(address) }
        return isGivenOut && !refusedIPv6.contains { $0.contains(address) } && carried.allSatisfy(contains)
    }

    /// The IPv4 addresses that transition mechanisms would reach through `address`.
    static func carriedAddresses(of address: IPAddress) -> [IPAddress] {
        carriers.filter { $0.range.contains(address) }.compactMap { carrier in
            let carried = address.bytes[carrier.offset..<carrier.offset + 4]
            return IPAddress(bytes: carrier.isFlipped ? carried.map { ~$0 } : Array(carried))
        }
    }

    private static func ranges(_ texts: [String]) -> [AddressRange] {
        texts.map { text in
            guard let range = AddressRange(text) else { preconditionFailure("\(text) is no address range") }
            return range
        }
    }
}
