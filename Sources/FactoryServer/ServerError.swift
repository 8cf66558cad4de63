public import FactorySecrets
public import FactoryStore

/// Why an installation could not be opened or used.
public enum ServerError: Error, Sendable, CustomStringConvertible {
    /// A setting cannot be used.
    case configuration(ConfigurationError)
    /// The store is out of reach or held by another process.
    case store(StoreError)
    /// The blob store cannot be used.
    case storage(reason: String)

    /// Secrets cannot be kept or used.
    case secrets(SecretError)
    /// It was not made, and why.
    case refused(String)

    /// One sentence that is safe to show.
    public var description: String {
        switch self {
        case .configuration(let error): error.description
        case .store(let error): error.description
        case .storage(let reason), .refused(let reason): reason
        case .secrets(let error): error.description
        }
    }
}
