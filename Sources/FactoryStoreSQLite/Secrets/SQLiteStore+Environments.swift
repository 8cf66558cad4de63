import FactoryDomain
public import FactoryStore
import GRDB

extension SQLiteStore: EnvironmentStore {
    /// The environment of this name.
    public func environment(_ name: String, of owner: String) async throws(StoreError) -> EnvironmentRecord? {
        try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: SecretSQL.environment), arguments: ["owner": owner, "name": name])
                .map(Self.environment)
        }
    }

    /// Environments of one owner.
    public func environments(of owner: String) async throws(StoreError) -> [EnvironmentRecord] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: SecretSQL.environments), arguments: ["owner": owner]).map(
                Self.environment)
        }
    }

    /// Keeps an environment.
    public func put(_ environment: EnvironmentRecord) async throws(StoreError) {
        try await queue.submit { db in
            var arguments: StatementArguments = [
                "owner": environment.owner, "name": environment.name, "description": environment.description,
                "now_ms": environment.updatedAt.milliseconds,
            ]
            if environment.version == 1 {
                try Self.checkRoom(.environment, limit: EnvironmentRecord.limit, of: environment.owner, in: db)
                try db.execute(sql: SecretSQL.insertEnvironment, arguments: arguments)
            } else {
                arguments += ["version": environment.version]
                try db.execute(sql: SecretSQL.updateEnvironment, arguments: arguments)
            }
            guard db.changesCount == 1 else { throw StoreError.changed }
        }
    }

    /// Removes an environment with the values that it has.
    public func removeEnvironment(
        _ name: String, of owner: String, version: Int64?
    ) async throws(StoreError) {
        try await queue.submit { db in
            let arguments: StatementArguments = ["owner": owner, "name": name]
            let condition: StatementArguments = ["owner": owner, "name": name, "version": version]
            try db.execute(sql: SecretSQL.removeEnvironment, arguments: condition)
            guard db.changesCount == 1 else {
                let isThere =
                    try Int.fetchOne(db.cachedStatement(sql: SecretSQL.environmentExists), arguments: arguments) != nil
                throw isThere ? StoreError.changed : StoreError.notFound(kind: "environment", id: name)
            }
            try db.execute(sql: SecretSQL.removeSecretsOfEnvironment, arguments: arguments)
            try db.execute(sql: SecretSQL.removeVariablesOfEnvironment, arguments: arguments)
        }
    }

    private static func environment(_ row: Row) -> EnvironmentRecord {
        EnvironmentRecord(
            owner: row["owner"], name: row["name"], description: row["description"], version: row["version"],
            createdAt: Timestamp(milliseconds: row["created_ms"]),
            updatedAt: Timestamp(milliseconds: row["updated_ms"]), secretCount: row["secrets"],
            variableCount: row["variables"])
    }
}
