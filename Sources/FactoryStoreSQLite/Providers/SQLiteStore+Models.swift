public import FactoryDomain
import FactoryJSON
public import FactoryStore
import GRDB

extension SQLiteStore {
    /// Keeps what a provider lists.
    public func keep(_ models: [ModelRecord], of provider: String) async throws(StoreError) {
        try await queue.submit { db in
            let names = JSON.array(models.map { .string($0.name) }).serialized()
            try db.execute(
                sql: ProviderSQL.removeUnlistedModels, arguments: ["provider": provider, "names": names])
            for model in models {
                try db.execute(
                    sql: ProviderSQL.keepModel,
                    arguments: [
                        "id": model.id.rawValue, "provider": provider, "name": model.name,
                        "offered": model.offered.json.serialized(), "edited": model.edited.json.serialized(),
                        "seen_ms": model.seenAt.milliseconds,
                    ])
            }
        }
    }

    /// The model `id`.
    public func model(_ id: ID<ModelRecord>) async throws(StoreError) -> ModelRecord {
        let found = try await read { db in
            try Row.fetchOne(db.cachedStatement(sql: ProviderSQL.model), arguments: [id.rawValue]).map(Self.model)
        }
        guard let found else { throw .notFound(kind: "model", id: id.rawValue) }
        return found
    }

    /// The models of these providers, by name.
    public func models(of providers: [String]) async throws(StoreError) -> [ModelRecord] {
        let list = JSON.array(providers.map(JSON.string)).serialized()
        return try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: ProviderSQL.models), arguments: [list]).map(Self.model)
        }
    }

    /// Keeps what people know of a model.
    public func edit(_ id: ID<ModelRecord>, _ facts: ModelFacts) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(
                sql: ProviderSQL.editModel, arguments: ["id": id.rawValue, "edited": facts.json.serialized()])
            guard db.changesCount == 1 else { throw StoreError.notFound(kind: "model", id: id.rawValue) }
        }
    }

    /// The names that the runs of `owner` may use.
    public func aliases(for owner: String) async throws(StoreError) -> [ModelAlias] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: ProviderSQL.aliases), arguments: [owner]).map { row in
                let owner: String = row["owner"]
                return ModelAlias(
                    owner: owner.isEmpty ? nil : owner, name: row["name"], target: row["target"], setBy: row["set_by"],
                    setAt: Timestamp(milliseconds: row["set_ms"]))
            }
        }
    }

    /// Keeps a name.
    public func set(_ alias: ModelAlias) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(
                sql: ProviderSQL.setAlias,
                arguments: [
                    "owner": alias.owner ?? "", "name": alias.name, "target": alias.target, "set_by": alias.setBy,
                    "set_ms": alias.setAt.milliseconds,
                ])
        }
    }

    /// Removes a name.
    public func removeAlias(_ name: String, of owner: String?) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(sql: ProviderSQL.removeAlias, arguments: [owner ?? "", name])
            guard db.changesCount == 1 else { throw StoreError.notFound(kind: "alias", id: name) }
        }
    }

    private static func model(_ row: Row) throws -> ModelRecord {
        ModelRecord(
            id: ID(rawValue: row["id"]), provider: row["provider"], name: row["name"],
            offered: ModelFacts(json: try JSON(column: row["offered"])),
            edited: ModelFacts(json: try JSON(column: row["edited"])),
            seenAt: Timestamp(milliseconds: row["seen_ms"]))
    }
}
