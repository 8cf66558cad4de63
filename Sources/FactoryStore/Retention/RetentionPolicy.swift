/// How long ended runs are kept. A run goes as soon as one of the limits says so, the oldest first.
///
/// Runs that have not ended, and those whose file changes wait for a decision, are never let go.
public struct RetentionPolicy: Sendable, Hashable {
    /// Runs that ended longer ago than this go; nil keeps them however old.
    public var maxAge: Duration?
    /// Ended runs that are kept; nil keeps any number.
    public var maxRuns: Int?
    /// Bytes that the store and its blobs may take up on the disk; nil is any number.
    public var maxBytes: Int64?

    /// A policy of these limits; without any, everything is kept.
    public init(maxAge: Duration? = nil, maxRuns: Int? = nil, maxBytes: Int64? = nil) {
        self.maxAge = maxAge
        self.maxRuns = maxRuns
        self.maxBytes = maxBytes
    }

    /// True where everything is kept.
    public var keepsAll: Bool { maxAge == nil && maxRuns == nil && maxBytes == nil }
}
