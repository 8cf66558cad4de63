public import FactoryDomain
import FactoryJSON
public import FactoryStore
import GRDB

extension SQLiteStore: CredentialStore {
    /// Keeps a new session.
    public func create(_ session: SessionRecord, removing expired: SessionExpiry) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(
                sql: CredentialSQL.expireSessions,
                arguments: [
                    "account": session.account.rawValue, "used_before_ms": expired.usedBefore.milliseconds,
                    "created_before_ms": expired.createdBefore.milliseconds,
                ])
            try db.execute(
                sql: CredentialSQL.insertSession,
                arguments: [
                    "id": session.id.rawValue, "account": session.account.rawValue,
                    "token_digest": session.tokenDigest, "client": session.client, "address": session.address,
                    "created_ms": session.createdAt.milliseconds, "used_ms": session.usedAt.milliseconds,
                ])
        }
    }

    /// The session with this digest and its account: one look-up.
    public func session(
        _ tokenDigest: String
    ) async throws(StoreError) -> (session: SessionRecord, account: AccountRecord)? {
        try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: CredentialSQL.session), arguments: ["token_digest": tokenDigest])
                .map { row in
                    (SessionRecord(row: row), try AccountRecord(joined: row))
                }
        }
    }

    /// The sessions of an account, newest first.
    public func sessions(of account: ID<Account>) async throws(StoreError) -> [SessionRecord] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: CredentialSQL.sessions), arguments: ["account": account.rawValue])
                .map(SessionRecord.init(row:))
        }
    }

    /// Whose the session `id` is.
    public func owner(of id: ID<Session>) async throws(StoreError) -> ID<Account>? {
        try await read { db in
            try String.fetchOne(db.cachedStatement(sql: CredentialSQL.sessionOwner), arguments: ["id": id.rawValue])
                .map(ID.init(rawValue:))
        }
    }

    /// Whether somebody has signed in to `account` from `address` before, by the audit log.
    public func hasSignedIn(_ account: ID<Account>, from address: String) async throws(StoreError) -> Bool {
        try await read { db in
            try Bool.fetchOne(
                db.cachedStatement(sql: CredentialSQL.signedIn),
                arguments: ["account": account.rawValue, "address": address]) ?? false
        }
    }

    /// Notes that a session was used.
    public func touch(_ id: ID<Session>, at moment: Timestamp) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(
                sql: CredentialSQL.touchSession, arguments: ["id": id.rawValue, "used_ms": moment.milliseconds])
        }
    }

    /// Gives a session another token.
    public func rotate(_ id: ID<Session>, to tokenDigest: String) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(
                sql: CredentialSQL.rotateSession, arguments: ["id": id.rawValue, "token_digest": tokenDigest])
        }
    }

    /// Ends a session.
    public func end(_ id: ID<Session>) async throws(StoreError) -> Bool {
        try await write { db in
            try db.execute(sql: CredentialSQL.endSession, arguments: ["id": id.rawValue])
            return db.changesCount == 1
        }
    }

    /// Keeps a new key.
    public func create(_ key: AccessKeyRecord) async throws(StoreError) {
        let pipelines = key.pipelines.map { JSON.array($0.map(JSON.string)).serialized() }
        try await queue.submit { db in
            try db.execute(
                sql: CredentialSQL.insertKey,
                arguments: [
                    "id": key.id.rawValue, "account": key.account.rawValue, "name": key.name,
                    "secret_digest": key.secretDigest, "scopes": key.scopes.joined(separator: " "),
                    "pipelines": pipelines, "created_ms": key.createdAt.milliseconds,
                    "expires_ms": key.expiresAt.milliseconds,
                ])
        }
    }

    /// The key `id` and its account: one look-up.
    public func key(
        _ id: ID<AccessKey>
    ) async throws(StoreError) -> (key: AccessKeyRecord, account: AccountRecord)? {
        try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: CredentialSQL.key), arguments: ["id": id.rawValue]).map { row in
                (try AccessKeyRecord(row: row), try AccountRecord(joined: row))
            }
        }
    }

    /// The keys of an account, newest first; of all accounts for nil.
    public func keys(of account: ID<Account>?) async throws(StoreError) -> [AccessKeyRecord] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: CredentialSQL.keys), arguments: ["account": account?.rawValue])
                .map(AccessKeyRecord.init(row:))
        }
    }

    /// Notes that a key was used.
    public func touch(_ id: ID<AccessKey>, at moment: Timestamp) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(
                sql: CredentialSQL.touchKey, arguments: ["id": id.rawValue, "used_ms": moment.milliseconds])
        }
    }

    /// Removes a key.
    public func revoke(_ id: ID<AccessKey>) async throws(StoreError) -> Bool {
        try await write { db in
            try db.execute(sql: CredentialSQL.revokeKey, arguments: ["id": id.rawValue])
            return db.changesCount == 1
        }
    }

    /// Keeps a new one-time token.
    public func create(_ token: OneTimeTokenRecord) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(
                sql: CredentialSQL.expireTokens,
                arguments: [
                    "now_ms": token.createdAt.milliseconds, "kind": token.kind.rawValue,
                    "account": token.account?.rawValue,
                ])
            try db.execute(
                sql: CredentialSQL.insertToken,
                arguments: [
                    "id": token.id.rawValue, "kind": token.kind.rawValue, "token_digest": token.tokenDigest,
                    "account": token.account?.rawValue, "role": token.role?.rawValue, "email": token.email,
                    "created_ms": token.createdAt.milliseconds, "expires_ms": token.expiresAt.milliseconds,
                ])
        }
    }

    /// The token with this digest that is still good at `moment`.
    public func token(_ digest: String, at moment: Timestamp) async throws(StoreError) -> OneTimeTokenRecord? {
        try await read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: CredentialSQL.token),
                arguments: ["token_digest": digest, "now_ms": moment.milliseconds]
            ).map(OneTimeTokenRecord.init(row:))
        }
    }

    /// Uses up a token and does what it is for.
    public func redeem(
        _ token: ID<OneTimeToken>, at moment: Timestamp, for effect: OneTimeTokenEffect
    ) async throws(StoreError) -> Bool {
        try await write { db in
            try db.execute(
                sql: CredentialSQL.useToken, arguments: ["id": token.rawValue, "now_ms": moment.milliseconds])
            guard db.changesCount == 1 else { return false }
            switch effect {
            case .firstAccount(let account, let sealed):
                try Self.insertFirst(account, sealed, at: moment, in: db)
                try db.execute(sql: CredentialSQL.forgetSetup)
            case .account(let account): try Self.insert(account, in: db)
            case .password(let id, let password):
                try Self.setPassword(of: id, to: password, at: moment, in: db)
                try Self.endSessions(of: id, keeping: nil, in: db)
            case .nothing: break
            }
            return true
        }
    }
}

extension SessionRecord {
    /// The session in a row of `session`.
    init(row: Row) {
        self.init(
            id: ID(rawValue: row["id"]), account: ID(rawValue: row["account_id"]), tokenDigest: row["token_digest"],
            client: row["client"], address: row["address"], createdAt: Timestamp(milliseconds: row["created_ms"]),
            usedAt: Timestamp(milliseconds: row["used_ms"]))
    }
}

extension AccessKeyRecord {
    /// The key in a row of `access_key`.
    init(row: Row) throws {
        let pipelines = try (row["pipelines"] as String?).map { text in
            (try JSON(column: text).arrayValue ?? []).compactMap(\.stringValue)
        }
        self.init(
            id: ID(rawValue: row["id"]), account: ID(rawValue: row["account_id"]), name: row["name"],
            secretDigest: row["secret_digest"],
            scopes: (row["scopes"] as String).split(separator: " ").map(String.init),
            pipelines: pipelines, createdAt: Timestamp(milliseconds: row["created_ms"]),
            expiresAt: Timestamp(milliseconds: row["expires_ms"]), usedAt: row.moment("used_ms"))
    }
}

extension OneTimeTokenRecord {
    /// The token in a row of `one_time_token`.
    init(row: Row) throws {
        self.init(
            id: ID(rawValue: row["id"]), kind: try row.state("kind"), tokenDigest: row["token_digest"],
            account: (row["account_id"] as String?).map(ID.init(rawValue:)),
            role: try (row["role"] as String?) == nil ? nil : row.state("role"), email: row["email"],
            createdAt: Timestamp(milliseconds: row["created_ms"]),
            expiresAt: Timestamp(milliseconds: row["expires_ms"]))
    }
}

extension AccountRecord {
    /// The account in a row of something that belongs to it.
    init(joined row: Row) throws {
        self.init(
            id: ID(rawValue: row["account_id"]), name: row["account_name"], email: row["email"],
            role: try row.state("account_role"), password: row["password_digest"],
            createdAt: Timestamp(milliseconds: row["account_created_ms"]),
            updatedAt: Timestamp(milliseconds: row["account_updated_ms"]), disabledAt: row.moment("disabled_ms"))
    }
}
