public import FactoryDomain
import FactoryJSON
import FactoryStore

/// What is to be changed of an account; nil leaves it as it is.
public struct AccountChanges: Sendable, Hashable {
    /// Another name.
    public var name: String?
    /// Another address; an inner nil for none.
    public var email: String??
    /// Another role.
    public var role: AccountRole?
    /// Out of use, or in use again.
    public var isDisabled: Bool?

    /// These changes.
    public init(
        name: String? = nil, email: String?? = nil, role: AccountRole? = nil, isDisabled: Bool? = nil
    ) {
        self.name = name
        self.email = email
        self.role = role
        self.isDisabled = isDisabled
    }
}

extension Accounts {
    /// Makes an account. Without a password nobody signs in to it before a reset link was used. The first account is
    /// an admin and has everything that was kept so far.
    public func create(
        name: String, email: String?, role: AccountRole, password: String?, by actor: AuditActor
    ) async throws(AccountError) -> AccountRecord {
        let isFirst = try await !stored { () throws(StoreError) in try await store.hasAccounts() }
        guard !isFirst || role == .admin else {
            throw .invalid(field: "role", rule: "must be admin for the first account")
        }
        let account = try await newAccount(name, email, role, password: password)
        if isFirst {
            try await adopting(account.id) { sealed throws(AccountError) in
                try await stored { () throws(StoreError) in try await store.createFirst(account, sealed) }
            }
        } else {
            try await stored { () throws(StoreError) in try await store.create(account) }
        }
        try await note(
            .accountCreated, by: actor, on: account.id.rawValue,
            [("name", account.name), ("role", role.rawValue)])
        return account
    }

    /// Makes the one account of an installation that a single person uses, or gives the one there is.
    public func onlyAccount(named name: String) async throws(AccountError) -> AccountRecord {
        let accounts = try await stored { () throws(StoreError) in try await store.accounts(after: nil, limit: 2) }
        switch accounts.count {
        case 0:
            return try await create(
                name: AccountName.normalised(name) ?? "owner", email: nil, role: .admin, password: nil,
                by: .commandLine)
        case 1: return accounts[0]
        default:
            throw .invalid(field: "--single-user", rule: "is for a store with one account; this one has more")
        }
    }

    /// Changes an account.
    public func change(
        _ id: ID<Account>, _ changes: AccountChanges, by actor: AuditActor
    ) async throws(AccountError) -> AccountRecord {
        guard let old = try await stored({ () throws(StoreError) in try await store.account(id) }) else {
            throw .notFound
        }
        let now = now()
        var new = old
        if let name = changes.name { new.name = try Self.name(name) }
        if let email = changes.email { new.email = try email.map(Self.address) }
        if let role = changes.role { new.role = role }
        if let isDisabled = changes.isDisabled { new.disabledAt = isDisabled ? old.disabledAt ?? now : nil }
        guard new != old else { return old }
        new.updatedAt = max(now, Timestamp(milliseconds: old.updatedAt.milliseconds + 1))
        let changed = new
        let outcome = try await stored { () throws(StoreError) in
            try await store.change(changed, seen: old.updatedAt)
        }
        guard outcome == .done else { throw outcome == .missing ? .notFound : .refused(outcome) }
        if new.role != old.role {
            try await note(
                .roleChanged, by: actor, on: id.rawValue, [("from", old.role.rawValue), ("to", new.role.rawValue)])
        }
        if new.name != old.name || new.email != old.email || new.disabledAt != old.disabledAt {
            try await note(
                .accountChanged, by: actor, on: id.rawValue,
                [("name", new.name), ("email", new.email), ("disabled_at", new.disabledAt?.description)])
        }
        return new
    }

    /// Sets a password and ends all sessions but `kept`.
    ///
    /// - Parameter current: the password until now, which its owner has to know; nil for an admin who sets it for
    ///   somebody else.
    public func setPassword(
        of id: ID<Account>, to password: String, current: String?, isOwn: Bool, from address: String,
        keeping kept: ID<Session>?, by actor: AuditActor
    ) async throws(AccountError) {
        try Self.check(password)
        guard let account = try await stored({ () throws(StoreError) in try await store.account(id) }) else {
            throw .notFound
        }
        if isOwn, let old = account.password {
            guard let current else { throw .invalid(field: "current", rule: "must be the password until now") }
            if let wait = throttle.take(id.rawValue, from: address, isKnown: true) { throw .throttled(wait) }
            guard try await hashed({ () throws(PasswordError) in try await passwords.matches(current, old) }) else {
                throttle.failed(id.rawValue, from: address)
                throw .invalid(field: "current", rule: "must be the password until now")
            }
            throttle.succeeded(id.rawValue, from: address)
        }
        let digest = try await hashed { () throws(PasswordError) in try await passwords.digest(of: password) }
        let now = now()
        let outcome = try await stored { () throws(StoreError) in
            try await store.setPassword(of: id, to: digest, at: now, keeping: kept)
        }
        guard outcome == .done else { throw .notFound }
        try await note(.passwordChanged, by: actor, on: id.rawValue)
    }

    /// Gives a session another token: what was known of it before is worth nothing any more.
    public func rotate(_ session: ID<Session>) async throws(AccountError) -> String {
        let secret = SecretText()
        try await stored { () throws(StoreError) in try await store.rotate(session, to: secret.digest) }
        return secret.text
    }

    /// Removes an account; what is its own goes to `heir`.
    public func remove(
        _ id: ID<Account>, heir: ID<Account>?, by actor: AuditActor
    ) async throws(AccountError) {
        guard heir != id else { throw .invalid(field: "transfer_to", rule: "must be another account") }
        let outcome = try await stored { () throws(StoreError) in try await store.remove(id, heir: heir) }
        guard outcome == .done else { throw outcome == .missing ? .notFound : .refused(outcome) }
        try await note(.accountRemoved, by: actor, on: id.rawValue, [("transferred_to", heir?.rawValue)])
    }

    /// Every account, by name.
    public func all() async throws(AccountError) -> [AccountRecord] {
        try await stored { () throws(StoreError) in
            var all: [AccountRecord] = []
            while true {
                let page = try await store.accounts(after: all.last?.name, limit: 200)
                all += page
                if page.count < 200 { return all }
            }
        }
    }

    /// The account that is called so, or has this address or id.
    public func account(_ text: String) async throws(AccountError) -> AccountRecord {
        let found = try await stored { () throws(StoreError) -> AccountRecord? in
            if let id = ID<Account>(parsing: text), let account = try await store.account(id) { return account }
            return try await store.account(named: text.lowercased())
        }
        guard let found else { throw .notFound }
        return found
    }
}
