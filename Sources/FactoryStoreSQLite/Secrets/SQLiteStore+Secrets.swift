public import FactoryDomain
import FactoryJSON
public import FactoryStore
import GRDB

extension SQLiteStore: SecretStore {
    /// The secret of this name, exactly there.
    public func secret(_ key: ValueKey) async throws(StoreError) -> SecretRecord? {
        try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: SecretSQL.secret), arguments: Self.place(of: key)).map(Self.secret)
        }
    }

    /// Secrets of one owner.
    public func secrets(of owner: String, in scope: ValueScope) async throws(StoreError) -> [SecretRecord] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: SecretSQL.secrets), arguments: Self.arguments(of: owner, scope))
                .map(Self.secret)
        }
    }

    /// Keeps a secret.
    public func put(_ secret: SecretRecord, keyID: String) async throws(StoreError) {
        try await queue.submit { db in
            try SealedColumns.admit(keyID, at: secret.updatedAt, in: db)
            try Self.checkEnvironment(of: secret.key, in: db)
            var arguments = Self.place(of: secret.key)
            arguments += [
                "description": secret.description,
                "hosts": JSON.array(secret.hosts.map(JSON.string)).serialized(), "sealed": secret.sealed,
                "now_ms": secret.updatedAt.milliseconds,
            ]
            if secret.version == 1 {
                try Self.checkRoom(.secret, limit: SecretRecord.limit, of: secret.key.owner, in: db)
                try db.execute(sql: SecretSQL.insertSecret, arguments: arguments)
            } else {
                arguments += ["version": secret.version]
                try db.execute(sql: SecretSQL.updateSecret, arguments: arguments)
            }
            guard db.changesCount == 1 else { throw StoreError.changed }
        }
    }

    /// Removes a secret.
    public func removeSecret(_ key: ValueKey, version: Int64?) async throws(StoreError) {
        try await remove(key, version: version, from: .secret)
    }

    /// Notes that a run was given these.
    public func noteUse(of secrets: [ValueKey], at moment: Timestamp) async throws(StoreError) {
        try await queue.submit { db in
            for key in secrets {
                var arguments = Self.place(of: key)
                arguments += ["now_ms": moment.milliseconds]
                try db.execute(sql: SecretSQL.noteUse, arguments: arguments)
            }
        }
    }

    private static func secret(_ row: Row) throws -> SecretRecord {
        let hosts = try JSON(column: row["hosts"]).arrayValue ?? []
        return SecretRecord(
            key: key(of: row), description: row["description"], hosts: hosts.compactMap(\.stringValue),
            sealed: row["sealed"], version: row["version"], createdAt: Timestamp(milliseconds: row["created_ms"]),
            updatedAt: Timestamp(milliseconds: row["updated_ms"]), usedAt: row.moment("used_ms"))
    }
}

// MARK: - What secrets and variables have in common

extension SQLiteStore {
    static func place(of key: ValueKey) -> StatementArguments {
        ["owner": key.owner, "environment": key.environment ?? "", "name": key.name]
    }

    static func key(of row: Row) -> ValueKey {
        let environment: String = row["environment"]
        return ValueKey(
            owner: row["owner"], environment: environment.isEmpty ? nil : environment, name: row["name"])
    }

    static func arguments(of owner: String, _ scope: ValueScope) -> StatementArguments {
        switch scope {
        case .all: ["owner": owner, "all": 1, "environment": "", "falls_back": 0]
        case .environment(let name): ["owner": owner, "all": 0, "environment": name ?? "", "falls_back": 0]
        case .run(let environment):
            ["owner": owner, "all": 0, "environment": environment ?? "", "falls_back": environment == nil ? 0 : 1]
        }
    }

    static func checkEnvironment(of key: ValueKey, in db: Database) throws {
        guard let name = key.environment else { return }
        let arguments: StatementArguments = ["owner": key.owner, "name": name]
        guard try Int.fetchOne(db.cachedStatement(sql: SecretSQL.environmentExists), arguments: arguments) != nil else {
            throw StoreError.notFound(kind: "environment", id: name)
        }
    }

    static func checkRoom(
        _ table: SecretSQL.ValueTable, limit: Int, of owner: String, in db: Database
    ) throws {
        let count = try Int.fetchOne(db.cachedStatement(sql: SecretSQL.count(table)), arguments: ["owner": owner]) ?? 0
        guard count < limit else { throw StoreError.full(kind: table.rawValue, limit: limit) }
    }

    func remove(
        _ key: ValueKey, version: Int64?, from table: SecretSQL.ValueTable
    ) async throws(StoreError) {
        try await queue.submit { db in
            var arguments = Self.place(of: key)
            arguments += ["version": version]
            try db.execute(sql: SecretSQL.remove(table), arguments: arguments)
            guard db.changesCount == 0 else { return }
            let isThere =
                try Int.fetchOne(db.cachedStatement(sql: SecretSQL.exists(table)), arguments: Self.place(of: key))
                != nil
            throw isThere ? StoreError.changed : StoreError.notFound(kind: table.rawValue, id: key.name)
        }
    }
}
