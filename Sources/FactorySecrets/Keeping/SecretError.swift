public import FactoryStore

/// Why secrets cannot be kept or used. Says nothing of any value.
public enum SecretError: Error, Sendable {
    /// The store refused or failed.
    case store(StoreError)
    /// The key at this place (a path or the name of a variable) cannot be used; why, to be put behind the place.
    case unusableKey(String, String)
    /// Things are sealed with a master key that is not at hand; its id.
    case missingKey(String)
    /// A new key is asked for where keys come from the environment, which names none.
    case noNextKey
    /// What is sealed under this name does not open: it was changed, or belongs to another place.
    case damaged(String)
    /// The value cannot be kept: which field, and why.
    case invalid(field: String, message: String, hint: String?)

    /// One sentence; for the person who runs the program, as it may name a path.
    public var description: String {
        switch self {
        case .store(let error): error.description
        case .unusableKey(let place, let reason): "the master key \(place) \(reason)"
        case .missingKey(let id):
            "the master key \(id), which the stored secrets are sealed with, is not there"
        case .noNextKey: "the master key comes from the environment, which does not name the next one"
        case .damaged(let name): "the secret \(name) does not open: what is stored was changed, or belongs elsewhere"
        case .invalid(let field, let message, _): "\(field) \(message)"
        }
    }

    /// What to do about it.
    public var hint: String? {
        switch self {
        case .store, .unusableKey: nil
        case .missingKey:
            "put the key back (the file master.key of the data folder, or CODE_FACTORY_MASTER_KEY); if it is lost, "
                + "remove the secrets and set them anew"
        case .noNextKey:
            "set CODE_FACTORY_NEXT_MASTER_KEY for the server and this command; `openssl rand -hex 32` makes one"
        case .damaged: "set it anew"
        case .invalid(_, _, let hint): hint
        }
    }
}
