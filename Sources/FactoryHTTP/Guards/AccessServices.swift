public import FactoryAccess
public import FactoryStore

/// What decides who is let in and who may do what.
public struct AccessServices: Sendable {
    /// Tells who asks.
    public var authenticator: any Authenticator
    /// Tells whose objects are.
    public var objects: any AccessStore

    /// Services of these parts.
    public init(authenticator: any Authenticator, objects: any AccessStore) {
        self.authenticator = authenticator
        self.objects = objects
    }
}
