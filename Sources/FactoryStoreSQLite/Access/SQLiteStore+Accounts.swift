public import FactoryDomain
public import FactoryStore
import GRDB

extension SQLiteStore: AccountStore {
    /// True once there is an account.
    public func hasAccounts() async throws(StoreError) -> Bool {
        try await read { db in try Bool.fetchOne(db.cachedStatement(sql: AccountSQL.exists)) ?? false }
    }

    /// Keeps a new account.
    public func create(_ account: AccountRecord) async throws(StoreError) {
        try await queue.submit { db in try Self.insert(account, in: db) }
    }

    /// Keeps the first account, and gives it everything that was kept without one.
    public func createFirst(_ account: AccountRecord, _ sealed: ResealedValues) async throws(StoreError) {
        try await queue.submit { db in try Self.insertFirst(account, sealed, at: account.createdAt, in: db) }
    }

    /// The account `id`.
    public func account(_ id: ID<Account>) async throws(StoreError) -> AccountRecord? {
        try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: AccountSQL.account), arguments: ["id": id.rawValue]).map(
                AccountRecord.init(row:))
        }
    }

    /// The account that is called so, or has this address.
    public func account(named text: String) async throws(StoreError) -> AccountRecord? {
        try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: AccountSQL.named), arguments: ["text": text]).map(
                AccountRecord.init(row:))
        }
    }

    /// Accounts behind the one called `name`, by name.
    public func accounts(after name: String?, limit: Int) async throws(StoreError) -> [AccountRecord] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: AccountSQL.list), arguments: ["after": name ?? "", "limit": limit]
            )
            .map(AccountRecord.init(row:))
        }
    }

    /// Changes an account.
    public func change(_ account: AccountRecord, seen: Timestamp) async throws(StoreError) -> AccountOutcome {
        try await write { db in
            guard let old = try Self.account(account.id, in: db) else { return .missing }
            let isAdmin = account.role == .admin && account.disabledAt == nil
            guard try isAdmin || Self.hasAdmin(beside: account.id, in: db) else { return .lastAdmin }
            try Self.keepingUnique(account) {
                try db.execute(
                    sql: AccountSQL.change,
                    arguments: [
                        "id": account.id.rawValue, "name": account.name, "email": account.email,
                        "role": account.role.rawValue, "disabled_ms": account.disabledAt?.milliseconds,
                        "updated_ms": account.updatedAt.milliseconds, "seen_ms": seen.milliseconds,
                    ])
            }
            guard db.changesCount == 1 else { throw StoreError.changed }
            if old.role != account.role || account.disabledAt != nil {
                try Self.endSessions(of: account.id, keeping: nil, in: db)
            }
            return .done
        }
    }

    /// Sets a password and ends sessions.
    public func setPassword(
        of id: ID<Account>, to password: String, at moment: Timestamp, keeping kept: ID<Session>?
    ) async throws(StoreError) -> AccountOutcome {
        try await write { db in
            try Self.setPassword(of: id, to: password, at: moment, in: db)
            guard db.changesCount == 1 else { return .missing }
            try Self.endSessions(of: id, keeping: kept, in: db)
            return .done
        }
    }

    /// Keeps the same password in another form.
    public func rehash(_ id: ID<Account>, from old: String, to new: String) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(sql: AccountSQL.rehash, arguments: ["id": id.rawValue, "old": old, "new": new])
        }
    }

    /// Removes an account.
    public func remove(_ id: ID<Account>, heir: ID<Account>?) async throws(StoreError) -> AccountOutcome {
        try await write { db in
            guard try Self.account(id, in: db) != nil else { return .missing }
            if let heir, try Self.account(heir, in: db) == nil { return .missing }
            guard try Self.hasAdmin(beside: id, in: db) else { return .lastAdmin }
            let runs =
                try Int.fetchOne(db.cachedStatement(sql: AccountSQL.unfinishedRuns), arguments: ["owner": id.rawValue])
                ?? 0
            guard runs == 0 else { return .runsUnfinished(runs) }
            let ownership = try Ownership(db)
            let counts = try ownership.counts(of: id.rawValue)
            guard counts.isEmpty || heir != nil else { return .ownsThings(counts) }
            try ownership.forget(id.rawValue)
            if let heir { try ownership.move(from: id.rawValue, to: heir.rawValue) }
            try db.execute(sql: AccountSQL.remove, arguments: ["id": id.rawValue])
            return .done
        }
    }
}

// MARK: - Inside a transaction

extension SQLiteStore {
    static func account(_ id: ID<Account>, in db: Database) throws -> AccountRecord? {
        try Row.fetchOne(db.cachedStatement(sql: AccountSQL.account), arguments: ["id": id.rawValue]).map(
            AccountRecord.init(row:))
    }

    static func insert(_ account: AccountRecord, in db: Database) throws {
        try keepingUnique(account) {
            try db.execute(
                sql: AccountSQL.insert,
                arguments: [
                    "id": account.id.rawValue, "name": account.name, "email": account.email,
                    "role": account.role.rawValue, "password": account.password,
                    "created_ms": account.createdAt.milliseconds, "updated_ms": account.updatedAt.milliseconds,
                    "disabled_ms": account.disabledAt?.milliseconds,
                ])
        }
    }

    static func insertFirst(
        _ account: AccountRecord, _ sealed: ResealedValues, at moment: Timestamp, in db: Database
    ) throws {
        guard try Bool.fetchOne(db.cachedStatement(sql: AccountSQL.exists)) != true else {
            throw StoreError.exists(kind: "account", id: "of the first admin")
        }
        try insert(account, in: db)
        if let key = sealed.keyID { try SealedColumns.admit(key, at: moment, in: db) }
        try Ownership(db).moveAll(from: Owner.local, to: account.id.rawValue, sealed.values)
    }

    static func setPassword(of id: ID<Account>, to password: String, at moment: Timestamp, in db: Database) throws {
        try db.execute(
            sql: AccountSQL.setPassword,
            arguments: ["id": id.rawValue, "password": password, "updated_ms": moment.milliseconds])
    }

    static func endSessions(of account: ID<Account>, keeping kept: ID<Session>?, in db: Database) throws {
        try db.execute(
            sql: AccountSQL.endSessions, arguments: ["account": account.rawValue, "kept": kept?.rawValue])
    }

    private static func hasAdmin(beside id: ID<Account>, in db: Database) throws -> Bool {
        try Bool.fetchOne(db.cachedStatement(sql: AccountSQL.otherAdmins), arguments: ["id": id.rawValue]) ?? false
    }

    private static func keepingUnique(_ account: AccountRecord, _ body: () throws -> Void) throws {
        do { try body() } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            let isAddress = error.message?.contains("email") ?? false
            throw StoreError.nameTaken(isAddress ? account.email ?? account.name : account.name)
        }
    }
}

extension AccountRecord {
    /// The account in a row of `account`.
    init(row: Row) throws {
        self.init(
            id: ID(rawValue: row["id"]), name: row["name"], email: row["email"], role: try row.state("role"),
            password: row["password_digest"], createdAt: Timestamp(milliseconds: row["created_ms"]),
            updatedAt: Timestamp(milliseconds: row["updated_ms"]), disabledAt: row.moment("disabled_ms"))
    }
}
