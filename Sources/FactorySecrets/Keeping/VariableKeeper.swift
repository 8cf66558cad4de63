public import FactoryDomain
public import FactoryJSON
public import FactoryStore

/// Keeps variables and environments within their limits, and gives runs those of their owner.
public struct VariableKeeper: Sendable {
    private let store: any VariableStore & EnvironmentStore
    private let now: @Sendable () -> Timestamp

    /// A keeper over `store`.
    public init(store: any VariableStore & EnvironmentStore, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.now = now
    }

    /// The variables that a run of `owner` has in `environment`: those of the environment, else those without one.
    public func values(of owner: String, in environment: String?) async throws(SecretError) -> JSONObject {
        let records = try await stored { () throws(StoreError) in
            try await store.variables(of: owner, in: .run(environment: environment))
        }
        return JSONObject(records.map { ($0.key.name, .string($0.value)) })
    }

    /// Keeps a variable.
    ///
    /// - Parameter version: the version that must be there, 0 for none; nil for whatever is there.
    /// - Throws: as ``SecretKeeper/put(_:at:version:)``, but for keys.
    public func put(
        _ value: String, description: String?, at key: ValueKey, version: Int64?
    ) async throws(SecretError) -> VariableRecord {
        try ValueRules.checkName(key.name)
        if let environment = key.environment { try ValueRules.checkEnvironment(environment) }
        try ValueRules.checkVariable(value)
        try ValueRules.checkDescription(description)
        return try await retrying(version) { version throws(StoreError) in
            let known = try await store.variable(key)
            guard version == nil || version == known?.version ?? 0 else { throw .changed }
            let moment = now()
            let record = VariableRecord(
                key: key, description: description, value: value, version: (known?.version ?? 0) + 1,
                createdAt: known?.createdAt ?? moment, updatedAt: moment)
            try await store.put(record)
            return record
        }
    }

    /// Keeps an environment.
    ///
    /// - Parameter version: the version that must be there, 0 for none; nil for whatever is there.
    /// - Throws: as ``put(_:description:at:version:)``.
    public func putEnvironment(
        _ name: String, of owner: String, description: String?, version: Int64?
    ) async throws(SecretError) -> EnvironmentRecord {
        try ValueRules.checkEnvironment(name)
        try ValueRules.checkDescription(description)
        return try await retrying(version) { version throws(StoreError) in
            let known = try await store.environment(name, of: owner)
            guard version == nil || version == known?.version ?? 0 else { throw .changed }
            let moment = now()
            let record = EnvironmentRecord(
                owner: owner, name: name, description: description, version: (known?.version ?? 0) + 1,
                createdAt: known?.createdAt ?? moment, updatedAt: moment, secretCount: known?.secretCount ?? 0,
                variableCount: known?.variableCount ?? 0)
            try await store.put(record)
            return record
        }
    }

    /// Where any version will do, a change that others came before is made on top of theirs.
    private func retrying<Value: Sendable>(
        _ version: Int64?, _ body: (Int64?) async throws(StoreError) -> Value
    ) async throws(SecretError) -> Value {
        for attempt in 1... {
            do throws(StoreError) { return try await body(version) } catch {
                guard case .changed = error, version == nil, attempt < 8 else { throw .store(error) }
            }
        }
        throw .store(.changed)
    }

    private func stored<Value: Sendable>(
        _ body: () async throws(StoreError) -> Value
    ) async throws(SecretError) -> Value {
        do throws(StoreError) { return try await body() } catch { throw .store(error) }
    }
}
