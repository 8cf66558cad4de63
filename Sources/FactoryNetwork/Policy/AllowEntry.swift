/// An endpoint that an operator opened: one host, or one address range, on one port.
public struct AllowEntry: Sendable, Hashable {
    /// What the entry covers.
    public enum Scope: Sendable, Hashable {
        case host(HostName)
        case range(AddressRange)
    }

    /// The host or range.
    public let scope: Scope
    /// The one port, 1–65535.
    public let port: Int

    /// Reads `HOST:PORT`, `192.168.0.0/16:443`, `[::1]:11434` or `[fd00::/8]:443`.
    ///
    /// - Throws: ``URLProblem`` that says what is missing.
    public init(parsing text: String) throws(URLProblem) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65_535).contains(port)
        else {
            throw URLProblem("“\(text)” does not end in a port", hint: "Write HOST:PORT, as in 127.0.0.1:11434.")
        }
        let host = text[..<colon]
        self.port = port
        guard host.contains("/") else {
            scope = .host(try HostName(host))
            return
        }
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        guard let range = AddressRange(isBracketed ? host.dropFirst().dropLast() : host) else {
            throw URLProblem(
                "“\(host)” is not an address range", hint: "Write it as in 10.0.0.0/8:443, host bits zero.")
        }
        scope = .range(range)
    }

    /// An entry for exactly the endpoint of `url`.
    public init(endpointOf url: OutboundURL) {
        scope = .host(url.host)
        port = url.port
    }
}

extension AllowEntry: CustomStringConvertible {
    /// As it is read.
    public var description: String {
        switch scope {
        case .host(let host): "\(host):\(port)"
        case .range(let range): range.base.isIPv4 ? "\(range):\(port)" : "[\(range)]:\(port)"
        }
    }
}
