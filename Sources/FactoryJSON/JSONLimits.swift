/// What a JSON text may cost before its parser refuses it.
public struct JSONLimits: Sendable, Hashable {
    /// How deep lists and objects may stand inside each other. The parser recurses: keep it below a few thousand.
    public var depth: Int
    /// How many bytes the text may have.
    public var bytes: Int
    /// How many keys the objects of the text may have, all together.
    public var keys: Int

    /// Depth 64, 64 MiB, a million keys.
    public static let standard = JSONLimits()

    /// Limits, each with the default of ``standard``.
    public init(depth: Int = 64, bytes: Int = 64 << 20, keys: Int = 1_000_000) {
        self.depth = depth
        self.bytes = bytes
        self.keys = keys
    }
}
