/// The names under which this server may be addressed. A page that points its own name at this machine (DNS rebinding)
/// is refused by it.
public struct HostNames: Sendable {
    private let names: Set<String>
    private let exact: Set<String>
    /// Whether this server itself speaks TLS.
    private let isSecure: Bool

    /// - Parameters:
    ///   - bound: the address listened on.
    ///   - further: names an operator gave, `NAME` or `NAME:PORT`.
    ///   - isSecure: whether it is reached by `https` without a proxy.
    public init(bound: String, further: [String], isSecure: Bool = false) {
        self.isSecure = isSecure
        var names: Set<String> = ["127.0.0.1", "localhost", "[::1]"]
        names.insert(bound.contains(":") ? "[\(bound.lowercased())]" : bound.lowercased())
        self.names = names
        exact = Set(further.map { $0.lowercased() })
    }

    /// True when `host`, the value of a Host header, names this server as it listens on `port`.
    func admits(_ host: String, port: Int) -> Bool {
        let host = host.lowercased()
        if exact.contains(host) { return true }
        let (name, given) = Self.split(host)
        if exact.contains(name), given == port { return true }
        return names.contains(name) && (given ?? (isSecure ? 443 : 80)) == port
    }

    /// True when `origin`, the value of an Origin header, is a page of this server's own.
    func admitsOrigin(_ origin: String, port: Int) -> Bool {
        let origin = origin.lowercased()
        if let host = origin.dropping("http://") { return !isSecure && admits(host, port: port) }
        if let host = origin.dropping("https://") {
            if isSecure { return admits(host, port: port) }
            return exact.contains(host) || exact.contains(Self.split(host).0)
        }
        return false
    }

    /// The name and the port; a port that is none gives -1, which no server listens on.
    private static func split(_ host: String) -> (String, Int?) {
        let end = host.lastIndex(of: "]").map(host.index(after:)) ?? host.startIndex
        guard let colon = host[end...].firstIndex(of: ":") else { return (host, nil) }
        let digits = host[host.index(after: colon)...]
        let isNumber = !digits.isEmpty && digits.utf8.count <= 5 && digits.utf8.allSatisfy { (48...57).contains($0) }
        return (String(host[..<colon]), isNumber ? Int(digits) : -1)
    }
}

extension String {
    fileprivate func dropping(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
