public import FactorySecrets
public import FactoryStore

/// One thing wrong with a trigger.
public struct TriggerProblem: Sendable, Hashable {
    /// The member of the trigger: `cron`, `inputs.city`.
    public var path: String
    /// What is wrong.
    public var message: String
    /// What to do about it.
    public var hint: String?
    /// Unicode scalars from 1, in the text at ``path``.
    public var column: Int?

    /// A problem of these values.
    public init(_ path: String, _ message: String, hint: String? = nil, column: Int? = nil) {
        self.path = path
        self.message = message
        self.hint = hint
        self.column = column
    }
}

/// Why something was not done with a trigger.
public enum TriggerError: Error, Sendable {
    /// The trigger is not one that could work; everything that is wrong with it.
    case invalid([TriggerProblem])
    /// The store did not do it.
    case store(StoreError)
    /// It cannot be done in this state; why.
    case conflict(String)
    /// Its key could not be sealed or unsealed.
    case sealing(SecretError)
}
