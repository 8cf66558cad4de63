import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryLLM
import FactoryStore

/// A name for a model, wherever it comes from.
struct ShownAlias: Sendable {
    let name: String
    let target: String
    /// `own`, `configuration` or `all`.
    let scope: String
    /// False where another one of this name goes before it.
    let holds: Bool

    var json: JSON {
        ["name": .string(name), "model": .string(target), "scope": .string(scope), "holds": .bool(holds)]
    }
}

extension ProviderDesk {
    /// Names that one account, or the installation for all, may have.
    static let maxAliases = 100

    func setAlias(
        _ name: String, _ target: String, isForAll: Bool, for caller: Principal
    ) async throws(APIProblem) -> JSON {
        guard Self.isName(name) else {
            throw .unusable("name", "must be 1 to 64 lower-case letters, digits, `-`, `_` and `.`, a letter first")
        }
        let parts = target.split(separator: "/", maxSplits: 1)
        guard parts.count == 2, target.utf8.count <= 512, Self.isName(String(parts[0])) else {
            throw .unusable("model", "must be provider/model; names do not stand for other names")
        }
        if isForAll {
            guard caller.role == .admin else { throw .forAdmins }
            if let configured = directory.outside.aliases[name] {
                throw APIProblem(
                    .conflict, "the configuration of this server lets \(name) stand for \(configured)",
                    hint: "change config.yaml or CODE_FACTORY_MODEL, or set it for yourself")
            }
        }
        let all = try await stored { store throws(StoreError) in try await store.aliases(for: caller.owner) }
        let owner = isForAll ? nil : caller.owner
        guard
            all.contains(where: { $0.owner == owner && $0.name == name })
                || all.count(where: { $0.owner == owner }) < Self.maxAliases
        else { throw APIProblem(.conflict, "there are \(Self.maxAliases) names already, the most there may be") }
        let alias = ModelAlias(owner: owner, name: name, target: target, setBy: caller.name, setAt: now())
        try await stored { store throws(StoreError) in
            try await store.set(alias)
            try await directory.changed()
        }
        return ShownAlias(name: name, target: target, scope: isForAll ? "all" : "own", holds: true).json
    }

    func removeAlias(_ name: String, isForAll: Bool, for caller: Principal) async throws(APIProblem) {
        if isForAll, caller.role != .admin { throw .forAdmins }
        try await stored { store throws(StoreError) in
            try await store.removeAlias(name, of: isForAll ? nil : caller.owner)
            try await directory.changed()
        }
    }

    /// Every name that is set, in the order in which they are looked up.
    func aliases(for caller: Principal) async throws(APIProblem) -> [ShownAlias] {
        let stored = try await stored { store throws(StoreError) in try await store.aliases(for: caller.owner) }
        var seen: Set<String> = []
        let own = stored.filter { $0.owner != nil }.map { (name: $0.name, target: $0.target, scope: "own") }
        let configured = directory.outside.aliases.sorted { $0.key < $1.key }
            .map { (name: $0.key, target: $0.value, scope: "configuration") }
        let shared = stored.filter { $0.owner == nil }.map { (name: $0.name, target: $0.target, scope: "all") }
        return (own + configured + shared).map { alias in
            ShownAlias(
                name: alias.name, target: alias.target, scope: alias.scope, holds: seen.insert(alias.name).inserted)
        }
    }
}
