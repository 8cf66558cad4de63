/// A place where an expression reads a free name: a root and what is statically selected from it.
public struct Reference: Sendable, Hashable {
    /// The root, then selected keys and string-literal indexes: `steps.plan.output["x"]` is `steps plan output x`.
    /// The path ends before the first call or computed index.
    public var path: [String]
    /// Where the root stands.
    public var position: SourcePosition
    /// Length of the path in the source, in UTF-8 bytes.
    public var length: Int
    /// True where an absent value is dealt with: in `has(…)`, as the first argument of `default(…)`, and from the first
    /// optional selection (`.?`, `[?…]`) on.
    public var isPresenceTest: Bool

    /// A reference with all its parts.
    public init(path: [String], position: SourcePosition, length: Int, isPresenceTest: Bool) {
        self.path = path
        self.position = position
        self.length = length
        self.isPresenceTest = isPresenceTest
    }
}
