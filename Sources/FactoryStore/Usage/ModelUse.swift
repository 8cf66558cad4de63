public import FactoryDomain

/// What one attempt used of models, for the account of its day.
public struct ModelUse: Sendable, Hashable {
    /// Calls, tokens, cost and the model.
    public var usage: Usage
    /// When the attempt ended.
    public var at: Timestamp

    /// Use of these values.
    public init(_ usage: Usage, at: Timestamp) {
        self.usage = usage
        self.at = at
    }
}
