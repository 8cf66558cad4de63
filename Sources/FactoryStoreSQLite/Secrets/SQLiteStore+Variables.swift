import FactoryDomain
public import FactoryStore
import GRDB

extension SQLiteStore: VariableStore {
    /// The variable of this name, exactly there.
    public func variable(_ key: ValueKey) async throws(StoreError) -> VariableRecord? {
        try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: SecretSQL.variable), arguments: Self.place(of: key)).map(
                Self.variable)
        }
    }

    /// Variables of one owner.
    public func variables(of owner: String, in scope: ValueScope) async throws(StoreError) -> [VariableRecord] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: SecretSQL.variables), arguments: Self.arguments(of: owner, scope))
                .map(Self.variable)
        }
    }

    /// Keeps a variable.
    public func put(_ variable: VariableRecord) async throws(StoreError) {
        try await queue.submit { db in
            try Self.checkEnvironment(of: variable.key, in: db)
            var arguments = Self.place(of: variable.key)
            arguments += [
                "description": variable.description, "value": variable.value,
                "now_ms": variable.updatedAt.milliseconds,
            ]
            if variable.version == 1 {
                try Self.checkRoom(.variable, limit: VariableRecord.limit, of: variable.key.owner, in: db)
                try db.execute(sql: SecretSQL.insertVariable, arguments: arguments)
            } else {
                arguments += ["version": variable.version]
                try db.execute(sql: SecretSQL.updateVariable, arguments: arguments)
            }
            guard db.changesCount == 1 else { throw StoreError.changed }
        }
    }

    /// Removes a variable.
    public func removeVariable(_ key: ValueKey, version: Int64?) async throws(StoreError) {
        try await remove(key, version: version, from: .variable)
    }

    private static func variable(_ row: Row) -> VariableRecord {
        VariableRecord(
            key: key(of: row), description: row["description"], value: row["value"], version: row["version"],
            createdAt: Timestamp(milliseconds: row["created_ms"]),
            updatedAt: Timestamp(milliseconds: row["updated_ms"]))
    }
}
