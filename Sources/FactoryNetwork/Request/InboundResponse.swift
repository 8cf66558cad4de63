/// Status and header of an answer.
public struct ResponseHead: Sendable, Hashable {
    /// The status code, 100–599.
    public let status: Int
    /// The header fields.
    public let headers: HeaderFields
    /// Where the answer came from, after redirects.
    public let url: OutboundURL
}

/// A whole answer.
public struct InboundResponse: Sendable, Hashable {
    /// Status and header.
    public let head: ResponseHead
    /// The body, decompressed.
    public let body: [UInt8]
    /// How long it took.
    public let timing: ExchangeTiming

    /// The status code.
    public var status: Int { head.status }
    /// The header fields.
    public var headers: HeaderFields { head.headers }
}

/// How long an exchange took, redirects included.
public struct ExchangeTiming: Sendable, Hashable {
    /// From the start to the head of the last answer.
    public let firstByte: Duration
    /// From the start to the end of the last answer.
    public let total: Duration
}

/// Whether the receiver of a streamed body wants more of it.
public enum StreamDemand: Sendable {
    case more
    /// The rest is not read, and the connection is closed.
    case enough
}
