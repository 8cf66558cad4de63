/// Where the certificate of a server is.
public struct TLSFiles: Sendable, Hashable {
    /// The certificate and its chain, in PEM.
    public var certificate: String
    /// Its private key, in PEM.
    public var key: String

    /// Files at these paths.
    public init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}

/// Where and how a server listens.
public struct ListenerConfiguration: Sendable, Hashable {
    /// Address to listen on.
    public var host: String
    /// Port; 0 takes a free one.
    public var port: Int
    /// Names the server is addressed by beside its address and those of loopback: `NAME` or `NAME:PORT`.
    public var names: [String]
    /// True where an operator said in so many words that other machines may connect although nothing is encrypted.
    public var allowsPlainHTTP: Bool
    /// Proxies whose word is taken for who asks and how: addresses, or ranges such as 10.0.0.0/8.
    public var trustedProxies: [String]
    /// True for one person on this machine, who is signed in by a link that is printed.
    public var isSingleUser: Bool
    /// The files of certificate and key; nil speaks in the clear.
    public var tls: TLSFiles?
    /// How long attempts that run may go on when the server is asked to stop, in seconds.
    public var drainSeconds: Int
    /// Connections at once; further ones wait to be accepted. Nil for ``OpenFiles/connections``, or as many as the process
    /// may have.
    public var maxConnections: Int?

    /// Loopback, port 7070, 20 s to drain.
    public init(
        host: String = "127.0.0.1", port: Int = 7_070, names: [String] = [], allowsPlainHTTP: Bool = false,
        trustedProxies: [String] = [], isSingleUser: Bool = false, drainSeconds: Int = 20, maxConnections: Int? = nil
    ) {
        self.host = host
        self.port = port
        self.names = names
        self.allowsPlainHTTP = allowsPlainHTTP
        self.trustedProxies = trustedProxies
        self.isSingleUser = isSingleUser
        self.drainSeconds = drainSeconds
        self.maxConnections = maxConnections
    }

    /// True when only this machine can connect.
    public var isLoopback: Bool {
        host == "localhost" || host == "::1" || (host.hasPrefix("127.") && Self.isAddress(host))
    }

    /// The part of a URL that names host and port.
    public func authority(port: Int) -> String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// Reads `HOST:PORT`, `[HOST]:PORT` or `:PORT`, which is loopback.
    mutating func listen(at text: String, key: String) throws(ConfigurationError) {
        let end = text.lastIndex(of: "]").map(text.index(after:)) ?? text.startIndex
        guard let colon = text[end...].lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port)
        else { throw ConfigurationError(key: key, message: "\"\(text)\" is not HOST:PORT, such as 127.0.0.1:7070") }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        if !host.isEmpty { self.host = host }
        self.port = port
    }

    /// Refuses to be reached by other machines unless a proxy is named that encrypts, or that was asked for in so many
    /// words; and to let in whoever has a printed link where other machines could use it.
    func check() throws(ConfigurationError) {
        guard !isSingleUser || (isLoopback && trustedProxies.isEmpty) else {
            throw ConfigurationError(
                key: "--single-user",
                message:
                    "is for one person on this machine: listen on 127.0.0.1 and name no proxy, or leave it out and "
                    + "make accounts")
        }
        guard isLoopback || tls != nil || allowsPlainHTTP || !trustedProxies.isEmpty else {
            throw ConfigurationError(
                key: "--listen \(host)",
                message:
                    "other machines could connect, and nothing would be encrypted: give --tls-certificate and "
                    + "--tls-key, name the proxy with TLS that stands before it with --trusted-proxy, listen on "
                    + "127.0.0.1, or add --plain-http-for-other-machines")
        }
    }

    private static func isAddress(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }
}
