/// Finds the addresses of a name. A request asks once; what comes back is checked, and connected to as it is.
public protocol AddressResolver: Sendable {
    /// All IPv4 and IPv6 addresses of `name`, best first; empty where there are none.
    ///
    /// - Throws: ``ResolutionError`` when the question could not be answered.
    func addresses(of name: String) async throws(ResolutionError) -> [IPAddress]
}

/// Why a name could not be looked up.
public struct ResolutionError: Error, Sendable, Hashable {
    /// The resolver's own words, without a full stop.
    public let reason: String

    /// An error with the resolver's words.
    public init(reason: String) { self.reason = reason }
}
