/// What one request may cost. Every limit ends the request with an error when it is passed.
public struct EgressLimits: Sendable, Hashable {
    /// From the start, connecting included, to the head of the answer.
    public var firstByte: Duration
    /// From the start to the last byte, redirects included.
    public var total: Duration
    /// Between two pieces of the body.
    public var idle: Duration
    /// Bytes of the answer's body, after decompression.
    public var responseBytes: Int
    /// Bytes of the request's body.
    public var requestBytes: Int
    /// Bytes of the answer's header, names and values together.
    public var headerBytes: Int
    /// Fields of the answer's header.
    public var headerFields: Int

    /// 15 s, 60 s, 15 s, 10 MiB, 10 MiB, 64 KiB, 100.
    public static let standard = EgressLimits()

    /// Limits, each with the default of ``standard``.
    public init(
        firstByte: Duration = .seconds(15), total: Duration = .seconds(60), idle: Duration = .seconds(15),
        responseBytes: Int = 10 << 20, requestBytes: Int = 10 << 20, headerBytes: Int = 64 << 10,
        headerFields: Int = 100
    ) {
        self.firstByte = firstByte
        self.total = total
        self.idle = idle
        self.responseBytes = responseBytes
        self.requestBytes = requestBytes
        self.headerBytes = headerBytes
        self.headerFields = headerFields
    }
}
