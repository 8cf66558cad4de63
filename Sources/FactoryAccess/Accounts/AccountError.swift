public import FactoryStore

/// Why something about accounts was not done.
public enum AccountError: Error, Sendable {
    /// A value that is not taken, and the rule as the end of a sentence.
    case invalid(field: String, rule: String)
    /// Another account has this name or address, or the heir something of this name.
    case nameTaken(String)
    /// Name and password do not belong together; or the account is not in use.
    case wrongCredentials
    /// The one-time token is unknown, used, too old, or for something else.
    case tokenInvalid
    /// There is an account already, so that none can be set up as the first.
    case alreadySetUp
    /// Too often; in how many seconds again.
    case throttled(Double)
    /// Too many passwords are being worked on.
    case busy
    /// It was not made, and why.
    case refused(AccountOutcome)
    /// There is no such thing.
    case notFound
    /// What was sealed before there were accounts cannot be sealed for the first; why, with the place of the key.
    case sealed(String)
    /// The store failed.
    case store(StoreError)
}

extension AccountError {
    init(_ error: StoreError) {
        self = if case .nameTaken(let name) = error { .nameTaken(name) } else { .store(error) }
    }
}
