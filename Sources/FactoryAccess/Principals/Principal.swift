public import FactoryAPI
public import FactoryDomain

/// Who asks: an account, by one of its credentials.
public struct Principal: Sendable, Hashable {
    /// What an account may do beside its own things.
    public typealias Role = AccountRole

    /// How the request showed who asks.
    public enum Credential: Sendable, Hashable {
        /// The key of the installation, from the file `token` of the data folder.
        case installation
        /// An access key, by its id.
        case key(String)
        /// A session of a browser, by its id.
        case session(String)
    }

    /// Id of the account as text: whatever belongs to somebody names it so.
    public var owner: String
    /// What people call the account.
    public var name: String
    /// What the account may do beside its own things.
    public var role: Role
    /// What the credential allows.
    public var scopes: Set<AccessScope>
    /// The pipelines that the credential is restricted to; nil for all.
    public var pipelines: Set<String>?
    /// How the request showed it.
    public var credential: Credential

    /// A principal of these values.
    public init(
        owner: String, name: String, role: Role, scopes: Set<AccessScope>, pipelines: Set<String>? = nil,
        credential: Credential
    ) {
        self.owner = owner
        self.name = name
        self.role = role
        self.scopes = scopes
        self.pipelines = pipelines
        self.credential = credential
    }
}
