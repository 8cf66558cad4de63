/// The host of a URL: a DNS name in ASCII and lower case, or an address in canonical form.
public enum HostName: Sendable, Hashable {
    case name(String)
    case address(IPAddress)

    /// Reads the host part of a URL, IPv6 addresses in brackets.
    ///
    /// - Throws: ``URLProblem`` for names outside ASCII (they must be given in punycode), for characters that no DNS
    ///   name has, and for numbers that only `inet_aton` would take for an address.
    init(_ text: some StringProtocol) throws(URLProblem) {
        if text.hasPrefix("["), text.hasSuffix("]") {
            guard let address = IPAddress(text.dropFirst().dropLast()), !address.isIPv4 else {
                throw URLProblem("\(text) is not an IPv6 address", hint: "Write it as in [2001:4860:4860::8888].")
            }
            self = .address(address)
            return
        }
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw URLProblem(
                "the host “\(text)” has letters outside ASCII",
                hint: "Write it in punycode, as browsers show it when copied: xn--…")
        }
        if !text.contains(":"), let address = IPAddress(text) {
            self = .address(address)
            return
        }
        self = .name(try Self.checkedName(text.lowercased()))
    }

    private static func checkedName(_ lowercased: String) throws(URLProblem) -> String {
        let name = lowercased.hasSuffix(".") ? String(lowercased.dropLast()) : lowercased
        guard !name.isEmpty else { throw URLProblem("the host is missing", hint: "Write scheme://host/path.") }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let isNumeric = labels.last.map(looksNumeric) ?? false
        if isNumeric {
            throw URLProblem(
                "“\(name)” is a number, but not an address in its usual form",
                hint: "Write an IPv4 address as four decimal numbers without leading zeros: 192.0.2.1.")
        }
        let isName =
            name.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.utf8.first != UInt8(ascii: "-")
                    && label.utf8.last != UInt8(ascii: "-")
                    && label.utf8.allSatisfy { byte in
                        switch byte {
                        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                            UInt8(ascii: "-"), UInt8(ascii: "_"):
                            true
                        default: false
                        }
                    }
            }
        guard isName else {
            throw URLProblem("“\(name)” is not a host name", hint: "Host names have letters, digits, “-” and “.”.")
        }
        return name
    }

    /// True for a last label that resolvers read as a number. No top-level domain is one.
    private static func looksNumeric(_ label: Substring) -> Bool {
        if label.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
        guard label.hasPrefix("0x") else { return false }
        return label.dropFirst(2).utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

extension HostName: CustomStringConvertible {
    /// As it stands in a URL and in the `Host` header.
    public var description: String {
        switch self {
        case .name(let name): name
        case .address(let address): address.isIPv4 ? "\(address)" : "[\(address)]"
        }
    }
}
