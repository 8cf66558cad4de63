/// Who is at the other end, as far as the connection and the proxies that are trusted tell.
struct Peer: Sendable, Hashable {
    /// The address a request came from.
    let address: String
}
