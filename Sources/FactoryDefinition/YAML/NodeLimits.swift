/// How large a text the readers take; what passes a limit is refused with a problem that names it.
public struct NodeLimits: Sendable, Hashable {
    /// Bytes of YAML; text given as JSON may be five times as long.
    public var maxBytes: Int
    /// Lists and mappings inside each other.
    public var maxDepth: Int
    /// Values in total, keys not counted.
    public var maxNodes: Int

    /// Limits of these values.
    public init(maxBytes: Int, maxDepth: Int, maxNodes: Int) {
        self.maxBytes = maxBytes
        self.maxDepth = maxDepth
        self.maxNodes = maxNodes
    }

    /// For pipeline documents: 4 MiB, 64 levels, 500,000 values.
    public static let document = NodeLimits(maxBytes: 4 << 20, maxDepth: 64, maxNodes: 500_000)
    /// For data that steps handle: 16 MiB, 64 levels, 1,000,000 values.
    public static let data = NodeLimits(maxBytes: 16 << 20, maxDepth: 64, maxNodes: 1_000_000)
}
