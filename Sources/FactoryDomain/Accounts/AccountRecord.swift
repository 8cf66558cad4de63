/// A person, or a program of its own, that uses a server.
public enum Account: Identified {
    /// What the id of an account begins with.
    public static let idPrefix = "usr_"
}

/// What an account may do beside its own things.
public enum AccountRole: String, Sendable, CaseIterable {
    /// Everything that concerns the installation and the things of every account.
    case admin
    /// What is its own, and what others share with it.
    case member
}

/// An account as the store keeps it.
public struct AccountRecord: Sendable, Hashable {
    /// Its identity, and as text the owner of what belongs to it.
    public var id: ID<Account>
    /// What people call it and sign in by: unique, in lower case.
    public var name: String
    /// Its address, by which people sign in too: unique, in lower case; nil where none was given.
    public var email: String?
    /// What it may do.
    public var role: AccountRole
    /// What a password is compared with, with the parameters it was made with; nil where none is set.
    public var password: String?
    /// When it was made.
    public var createdAt: Timestamp
    /// When it was changed last.
    public var updatedAt: Timestamp
    /// Since when nobody gets in by it; nil where it is in use.
    public var disabledAt: Timestamp?

    /// An account of these values.
    public init(
        id: ID<Account>, name: String, email: String? = nil, role: AccountRole, password: String? = nil,
        createdAt: Timestamp, updatedAt: Timestamp, disabledAt: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.role = role
        self.password = password
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.disabledAt = disabledAt
    }
}
