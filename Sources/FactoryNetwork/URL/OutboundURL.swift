/// The URL of a request, taken apart once. What is sent is made of these parts; the text is never read again.
public struct OutboundURL: Sendable, Hashable {
    /// How the server is spoken to.
    public enum Scheme: String, Sendable {
        case http, https

        /// 80 or 443.
        public var defaultPort: Int { self == .http ? 80 : 443 }
    }

    /// The scheme.
    public let scheme: Scheme
    /// The host, canonical.
    public let host: HostName
    /// The port, 1–65535; the scheme's default where none was written.
    public let port: Int
    /// Path and query as they are sent, percent-encoded; starts with `/`.
    public let target: String

    /// Most bytes a URL may have.
    static let maxBytes = 16_384

    /// Reads an absolute URL.
    ///
    /// A fragment is dropped. Spaces, quotes and characters outside ASCII in path and query are percent-encoded.
    /// - Throws: ``URLProblem`` for other schemes than http and https, user information, hosts and ports that are not
    ///   canonical, backslashes before the path, control characters, `%` that encodes nothing, and over 16 KiB.
    public init(parsing text: String) throws(URLProblem) {
        try Self.refuseUnsafeText(text)
        guard let colon = text.firstRange(of: "://"),
            let scheme = Scheme(rawValue: text[..<colon.lowerBound].lowercased())
        else {
            throw URLProblem(
                "“\(text.prefix(60))” is not an http or https URL", hint: "Write it in full: https://example.com/path.")
        }
        let rest = text[colon.upperBound...]
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        let authority = rest[..<end]
        guard !authority.contains("@") else {
            throw URLProblem(
                "the URL holds a user name or password before the host",
                hint: "Give them as authentication of the request (`auth: {basic: …}`).")
        }
        self.scheme = scheme
        (host, port) = try Self.hostAndPort(authority, scheme: scheme)
        target = try Self.encodedTarget(rest[end...])
    }

    /// A URL of the same origin with another target.
    init(origin: OutboundURL, target: String) {
        scheme = origin.scheme
        host = origin.host
        port = origin.port
        self.target = target
    }

    /// Scheme, host and port; credentials stay within one origin.
    public func hasSameOrigin(as other: OutboundURL) -> Bool {
        scheme == other.scheme && host == other.host && port == other.port
    }

    /// `host` or `host:port`, the port only where it is not the scheme's default: the `Host` header.
    public var authority: String { port == scheme.defaultPort ? "\(host)" : "\(host):\(port)" }

    private static func hostAndPort(
        _ authority: Substring, scheme: Scheme
    ) throws(URLProblem) -> (HostName, Int) {
        let afterAddress = authority.lastIndex(of: "]") ?? authority.startIndex
        guard let colon = authority[afterAddress...].lastIndex(of: ":") else {
            return (try HostName(authority), scheme.defaultPort)
        }
        let digits = authority[authority.index(after: colon)...]
        guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(digits), (1...65_535).contains(port)
        else { throw URLProblem("the port “\(digits)” is not a number from 1 to 65535", hint: "As in host:8080.") }
        return (try HostName(authority[..<colon]), port)
    }

    private static func refuseUnsafeText(_ text: String) throws(URLProblem) {
        guard text.utf8.count <= maxBytes else {
            throw URLProblem("the URL is longer than \(maxBytes) bytes", hint: "Send large values in the body.")
        }
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }) else {
            throw URLProblem(
                "the URL holds a control character or a line break",
                hint: "Trim the value it is made of, or encode it with url_encode(…).")
        }
    }
}

extension OutboundURL: CustomStringConvertible {
    /// In full, as it is sent.
    public var description: String { "\(scheme)://\(authority)\(target)" }
}
