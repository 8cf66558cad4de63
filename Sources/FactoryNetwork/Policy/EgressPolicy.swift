/// Where requests may go: public addresses on the usual ports, and what an operator allowed beside them.
public struct EgressPolicy: Sendable, Hashable {
    /// Ports that are open on public addresses.
    public var openPorts: Set<Int>
    /// What an operator allowed, whatever its addresses and port.
    public var allowed: [AllowEntry]
    /// Ports this server itself listens on. On its own addresses they are closed, even where a range is allowed; only
    /// an entry that names the host opens them.
    public var ownPorts: Set<Int>

    /// Public addresses on ports 80 and 443, and `allowed`.
    public init(allowed: [AllowEntry] = [], openPorts: Set<Int> = [80, 443], ownPorts: Set<Int> = []) {
        self.allowed = allowed
        self.openPorts = openPorts
        self.ownPorts = ownPorts
    }

    /// True when an entry names exactly this host and port.
    func names(_ host: HostName, port: Int) -> Bool {
        allowed.contains { $0.port == port && $0.scope == .host(host) }
    }

    /// True when some address behind `host` could be admitted on `port`, so that asking for its addresses makes sense.
    func mayAdmit(_ host: HostName, port: Int) -> Bool {
        openPorts.contains(port) || allowed.contains { $0.port == port && ($0.isRange || $0.scope == .host(host)) }
    }

    /// False where a request to `url` is certainly refused, as far as its text alone tells: another port than the open
    /// ones, an address that is not public, or this machine by its name, and no entry for it. A name may still turn out
    /// to have an address that is refused.
    public func mayAdmit(_ url: OutboundURL) -> Bool {
        switch url.host {
        case .address(let address):
            return admits(url.host, port: url.port, addresses: [address], ownAddresses: { [] })
        case .name(let name):
            if names(url.host, port: url.port) { return true }
            return name != "localhost" && !name.hasSuffix(".localhost") && mayAdmit(url.host, port: url.port)
        }
    }

    /// True when a request to `host`, which has `addresses`, may be made. Every address must pass.
    ///
    /// - Parameter ownAddresses: the addresses of this machine's interfaces; read only where it matters.
    func admits(
        _ host: HostName, port: Int, addresses: [IPAddress], ownAddresses: () -> Set<IPAddress>
    ) -> Bool {
        guard !addresses.isEmpty else { return false }
        if names(host, port: port) { return true }
        let isOwnPort = ownPorts.contains(port)
        let own = isOwnPort ? ownAddresses() : []
        return addresses.allSatisfy { address in
            if isOwnPort, isOwn(address, among: own) { return false }
            if openPorts.contains(port), PublicAddresses.contains(address) { return true }
            return allowed.contains { entry in
                guard entry.port == port, case .range(let range) = entry.scope else { return false }
                return range.contains(address)
            }
        }
    }

    private func isOwn(_ address: IPAddress, among own: Set<IPAddress>) -> Bool {
        if own.contains(address) { return true }
        if address.isIPv4 { return address.bytes[0] == 127 || address.bytes[0] == 0 }
        let carried = PublicAddresses.carriedAddresses(of: address)
        return address.bytes.dropLast().allSatisfy { $0 == 0 } || carried.contains { isOwn($0, among: own) }
    }
}

extension AllowEntry {
    fileprivate var isRange: Bool { if case .range = scope { true } else { false } }
}
