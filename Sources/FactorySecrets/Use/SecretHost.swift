import Glibc

/// A host that a secret may be sent to: `api.example.com`, `api.example.com:8443`, `*.example.com`, `[::1]:8080`.
///
/// Without a port every port of the host is meant. `*.` stands for one or more labels: `*.example.com` is not
/// `example.com` itself.
public struct SecretHost: Sendable, Hashable, CustomStringConvertible {
    /// Most bytes it may have, port included.
    public static let maxBytes = 262

    private let name: String
    private let isWildcard: Bool
    private let port: Int?

    /// Reads one of the forms above.
    ///
    /// - Throws: what is wrong with it, and how to write it.
    public init(parsing text: String) throws(SecretHostProblem) {
        guard text.utf8.count <= Self.maxBytes, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw SecretHostProblem("is no host: a host has letters, digits, `-` and `.`")
        }
        let (host, port) = try Self.split(text.lowercased())
        self.port = port
        if host.hasPrefix("[") {
            name = try Self.canonicalAddress(host)
            isWildcard = false
            return
        }
        isWildcard = host.hasPrefix("*.")
        let name = isWildcard ? String(host.dropFirst(2)) : host.hasSuffix(".") ? String(host.dropLast()) : host
        try Self.check(name, isWildcard: isWildcard)
        self.name = name
    }

    /// True for a destination that it means.
    public func admits(_ destination: SecretDestination) -> Bool {
        guard port == nil || port == destination.port else { return false }
        return isWildcard ? destination.host.hasSuffix("." + name) : destination.host == name
    }

    /// As it is read.
    public var description: String { (isWildcard ? "*." : "") + name + (port.map { ":\($0)" } ?? "") }

    private static func split(_ text: String) throws(SecretHostProblem) -> (host: String, port: Int?) {
        let end = text.lastIndex(of: "]") ?? text.startIndex
        guard let colon = text[end...].lastIndex(of: ":") else { return (text, nil) }
        let digits = text[text.index(after: colon)...]
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits),
            (1...65_535).contains(port)
        else { throw SecretHostProblem("has no port from 1 to 65535 behind the colon") }
        return (String(text[..<colon]), port)
    }

    private static func check(_ name: String, isWildcard: Bool) throws(SecretHostProblem) {
        guard !name.contains("*") else {
            throw SecretHostProblem("has a `*` in another place than before the first dot, as in `*.example.com`")
        }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let isName = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
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
            throw SecretHostProblem("is no host; write it as in `api.example.com`, without scheme and path")
        }
        // Everything below a top-level domain is as good as everywhere.
        guard !isWildcard || labels.count > 1 else {
            throw SecretHostProblem("covers a whole top-level domain; name at least two labels behind `*.`")
        }
        let isNumber = labels.last.map { $0.allSatisfy(\.isNumber) } ?? false
        guard !isNumber || (!isWildcard && isCanonicalIPv4(name)) else {
            throw SecretHostProblem("is a number, but not an address in its usual form, as in 192.0.2.1")
        }
    }

    private static func isCanonicalIPv4(_ text: String) -> Bool {
        var address = in_addr()
        return inet_pton(AF_INET, text, &address) == 1
    }

    private static func canonicalAddress(_ host: String) throws(SecretHostProblem) -> String {
        var address = in6_addr()
        var text = [CChar](repeating: 0, count: 64)
        guard host.hasSuffix("]"), inet_pton(AF_INET6, String(host.dropFirst().dropLast()), &address) == 1,
            inet_ntop(AF_INET6, &address, &text, socklen_t(text.count)) != nil
        else { throw SecretHostProblem("is no IPv6 address in brackets, as in [2001:4860:4860::8888]") }
        let end = text.firstIndex(of: 0) ?? text.endIndex
        return "[\(String(decoding: text[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self))]"
    }
}

/// What is wrong with a text that should name a host.
public struct SecretHostProblem: Error, Sendable, Hashable {
    /// Goes behind the text in a sentence: `is no host`.
    public let message: String

    init(_ message: String) { self.message = message }
}
