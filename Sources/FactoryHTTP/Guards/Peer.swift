import FactoryAPI
import FactoryAccess
import HTTPTypes

/// Whose word is taken for who is at the other end.
public struct NetworkTrust: Sendable {
    /// True when only this machine can connect.
    public var isLoopback: Bool
    /// Whether a peer with this address is a proxy that tells for whom it asks.
    public var isTrustedProxy: @Sendable (_ address: String) -> Bool

    /// Trust of these values.
    public init(isLoopback: Bool, isTrustedProxy: @escaping @Sendable (_ address: String) -> Bool) {
        self.isLoopback = isLoopback
        self.isTrustedProxy = isTrustedProxy
    }
}

/// Who is at the other end, as far as the connection and the proxies that are trusted tell.
struct Peer: Sendable, Hashable {
    /// The address a request came from.
    let address: String
    /// True when what passes between here and there is encrypted.
    let isSecure: Bool
    /// The name of the cookie that holds a session's token; nil where none is given, because others could read it.
    let cookieName: String?

    /// - Parameter direct: the address of the connection's other end.
    init(_ head: HTTPRequest, direct: String, _ trust: NetworkTrust) {
        var (address, isSecure) = (direct, head.scheme == "https")
        let isProxied = trust.isTrustedProxy(direct)
        if isProxied {
            let chain = (Self.field(head, "X-Forwarded-For") ?? "").split(separator: ",").map { $0.trimmingBlanks() }
            // Each proxy adds whom it heard from: the last that is no proxy of ours is who asks.
            if let asking = chain.last(where: { !trust.isTrustedProxy($0) }), Self.isAddress(asking) {
                address = asking
            }
            if let scheme = Self.field(head, "X-Forwarded-Proto") { isSecure = scheme.lowercased() == "https" }
        }
        self.address = address
        self.isSecure = isSecure
        cookieName = isSecure ? "__Host-cf" : trust.isLoopback && !isProxied ? "cf-dev" : nil
    }

    private static func field(_ head: HTTPRequest, _ name: String) -> String? {
        HTTPField.Name(name).flatMap { head.headerFields[$0] }
    }

    private static func isAddress(_ text: String) -> Bool {
        (2...45).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
                    UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "."), UInt8(ascii: ":"):
                    true
                default: false
                }
            }
    }
}
