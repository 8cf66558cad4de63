public import FactoryDomain
import FactoryJSON
public import FactoryStore
import GRDB

extension SQLiteStore: ProviderStore {
    /// Keeps a new provider.
    public func create(_ provider: ProviderRecord, keyID: String?) async throws(StoreError) {
        try await queue.submit { db in
            if let keyID { try SealedColumns.admit(keyID, at: provider.updatedAt, in: db) }
            var arguments = Self.columns(of: provider)
            arguments += [
                "owner": provider.owner ?? "", "created_by": provider.createdBy,
                "created_ms": provider.createdAt.milliseconds,
            ]
            try Self.keepingProviderUnique(provider.name) {
                try db.execute(sql: ProviderSQL.insert, arguments: arguments)
            }
        }
    }

    /// Puts a provider in the place of the one with its id.
    public func replace(_ provider: ProviderRecord, keyVersion: Int64, keyID: String?) async throws(StoreError) {
        try await queue.submit { db in
            guard
                try Int.fetchOne(db.cachedStatement(sql: ProviderSQL.exists), arguments: [provider.id.rawValue]) != nil
            else {
                throw StoreError.notFound(kind: "provider", id: provider.id.rawValue)
            }
            if let keyID { try SealedColumns.admit(keyID, at: provider.updatedAt, in: db) }
            var arguments = Self.columns(of: provider)
            arguments += ["seen_version": keyVersion]
            try Self.keepingProviderUnique(provider.name) {
                try db.execute(sql: ProviderSQL.replace, arguments: arguments)
            }
            guard db.changesCount == 1 else { throw StoreError.changed }
        }
    }

    /// Removes a provider with its models.
    public func removeProvider(_ id: ID<ProviderRecord>) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(sql: ProviderSQL.remove, arguments: [id.rawValue])
            guard db.changesCount == 1 else { throw StoreError.notFound(kind: "provider", id: id.rawValue) }
            try db.execute(sql: ProviderSQL.removeModels, arguments: [id.rawValue])
        }
    }

    /// The provider `id`.
    public func provider(_ id: ID<ProviderRecord>) async throws(StoreError) -> ProviderRecord {
        let found = try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: ProviderSQL.provider), arguments: [id.rawValue]).map(Self.provider)
        }
        guard let found else { throw .notFound(kind: "provider", id: id.rawValue) }
        return found
    }

    /// All providers that the runs of `owner` may use.
    public func providers(for owner: String?) async throws(StoreError) -> [ProviderRecord] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: ProviderSQL.providers), arguments: ["owner": owner]).map(
                Self.provider)
        }
    }

    private static func columns(of provider: ProviderRecord) -> StatementArguments {
        [
            "id": provider.id.rawValue, "name": provider.name, "kind": provider.kind, "base_url": provider.baseURL,
            "key_sealed": provider.sealedKey, "key_version": provider.keyVersion,
            "admitted_by": provider.admission?.by, "admitted_ms": provider.admission?.at.milliseconds,
            "updated_ms": provider.updatedAt.milliseconds,
        ]
    }

    private static func provider(_ row: Row) throws -> ProviderRecord {
        let owner: String = row["owner"]
        let admittedBy: String? = row["admitted_by"]
        let admittedAt = row.moment("admitted_ms")
        return ProviderRecord(
            id: ID(rawValue: row["id"]), owner: owner.isEmpty ? nil : owner, name: row["name"], kind: row["kind"],
            baseURL: row["base_url"], sealedKey: row["key_sealed"], keyVersion: row["key_version"],
            admission: admittedBy.flatMap { by in admittedAt.map { ProviderRecord.Admission(by: by, at: $0) } },
            createdBy: row["created_by"], createdAt: Timestamp(milliseconds: row["created_ms"]),
            updatedAt: Timestamp(milliseconds: row["updated_ms"]))
    }

    private static func keepingProviderUnique(_ name: String, _ body: () throws -> Void) throws {
        do { try body() } catch let error as DatabaseError
            where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE
        {
            throw StoreError.nameTaken(name)
        }
    }
}
