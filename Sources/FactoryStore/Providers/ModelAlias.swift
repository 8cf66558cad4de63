public import FactoryDomain

/// A name that stands for `provider/model`, for one account or for all.
public struct ModelAlias: Sendable, Hashable {
    /// For whose runs; nil for everybody's.
    public var owner: String?
    /// The name: `default`, `fast`, `strong`, or one of one's own.
    public var name: String
    /// What it stands for.
    public var target: String
    /// The account that set it.
    public var setBy: String
    /// When it was set.
    public var setAt: Timestamp

    /// An alias of these values.
    public init(owner: String?, name: String, target: String, setBy: String, setAt: Timestamp) {
        self.owner = owner
        self.name = name
        self.target = target
        self.setBy = setBy
        self.setAt = setAt
    }
}
