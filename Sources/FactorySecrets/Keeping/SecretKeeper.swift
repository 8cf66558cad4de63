public import FactoryDomain
public import FactoryStore

/// Keeps secrets sealed, and gives runs those of their owner.
public struct SecretKeeper: Sendable {
    /// How often a change is tried anew that others came before.
    private static let attempts = 8
    /// How long a use is not noted again.
    private static let useInterval: Int64 = 60_000

    private let store: any SecretStore
    private let sealer: Sealer
    private let shared: [String: RunSecret]
    private let nonce: String
    private let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - shared: secrets that every run has unless its owner has others of the same names.
    ///   - nonce: unguessable text, new for every process.
    public init(
        store: any SecretStore, sealer: Sealer, shared: [String: RunSecret], nonce: String,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.sealer = sealer
        self.shared = shared
        self.nonce = nonce
        self.now = now
    }

    /// The secrets that a run of `owner` may use in `environment`: those of the environment, else those without one, else
    /// the shared ones.
    ///
    /// - Parameters:
    ///   - names: only these; nil for all.
    ///   - overriding: secrets that go before all others.
    public func vault(
        of owner: String, in environment: String?, naming names: Set<String>?,
        overriding: [String: RunSecret] = [:]
    ) async throws(SecretError) -> SecretVault {
        var secrets = shared.filter { names?.contains($0.key) ?? true }
        if names?.isEmpty != true {
            let stored = try await opened(of: owner, in: environment, naming: names)
            secrets.merge(stored) { _, own in own }
        }
        secrets.merge(overriding) { _, given in given }
        return SecretVault(secrets: secrets, nonce: nonce)
    }

    /// Names of all secrets that runs of `owner` may have, in whatever environment.
    public func names(of owner: String) async throws(SecretError) -> Set<String> {
        let records = try await stored { store throws(StoreError) in try await store.secrets(of: owner, in: .all) }
        return Set(shared.keys).union(records.map(\.key.name))
    }

    /// Keeps the value and what belongs to it.
    ///
    /// - Parameter version: the version that must be there, 0 for none; nil for whatever is there.
    /// - Throws: ``SecretError/invalid(field:message:hint:)``, ``SecretError/missingKey(_:)``, and in
    ///   ``SecretError/store(_:)``: ``StoreError/changed``, ``StoreError/full(kind:limit:)``, and
    ///   ``StoreError/notFound(kind:id:)`` for the environment.
    public func put(_ draft: SecretDraft, at key: ValueKey, version: Int64?) async throws(SecretError) -> SecretRecord {
        try ValueRules.checkName(key.name)
        if let environment = key.environment { try ValueRules.checkEnvironment(environment) }
        try ValueRules.checkSecret(draft.value)
        try ValueRules.checkDescription(draft.description)
        let hosts = try ValueRules.checkedHosts(draft.hosts)
        for attempt in 1... {
            let known = try await stored { store throws(StoreError) in try await store.secret(key) }
            guard version == nil || version == known?.version ?? 0 else { throw .store(.changed) }
            let next = (known?.version ?? 0) + 1
            let (sealed, keyID) = try await sealer.seal(draft.value, for: Self.purpose(of: key, version: next))
            let moment = now()
            let record = SecretRecord(
                key: key, description: draft.description, hosts: hosts, sealed: sealed, version: next,
                createdAt: known?.createdAt ?? moment, updatedAt: moment, usedAt: known?.usedAt)
            do throws(StoreError) {
                try await store.put(record, keyID: keyID)
                return record
            } catch {
                switch error {
                // Somebody else was quicker, or the key was replaced meanwhile.
                case .changed where version == nil && attempt < Self.attempts: continue
                case .otherKey where attempt < Self.attempts: continue
                default: throw .store(error)
                }
            }
        }
        throw .store(.changed)
    }

    /// What is sealed for `owner`, sealed for `heir` instead. What does not open for its owner stays as it is: it would
    /// open for nobody else either.
    ///
    /// - Throws: ``SecretError/missingKey(_:)``, since nothing is lost for good while a key may come back.
    public func resealed(of owner: String, for heir: String) async throws(SecretError) -> ResealedValues {
        let records = try await stored { store throws(StoreError) in try await store.secrets(of: owner, in: .all) }
        var resealed = ResealedValues()
        for record in records {
            var key = record.key
            key.owner = heir
            try await sealer.reseal(
                record.sealed, from: Self.purpose(of: record.key, version: record.version),
                to: Self.purpose(of: key, version: record.version), name: key.name, into: &resealed)
        }
        return resealed
    }

    private static func purpose(of key: ValueKey, version: Int64) -> SealPurpose {
        SealPurpose("secret", [key.owner, key.environment ?? "", key.name, String(version)])
    }

    private func opened(
        of owner: String, in environment: String?, naming names: Set<String>?
    ) async throws(SecretError) -> [String: RunSecret] {
        for attempt in 1... {
            let records = try await stored { store throws(StoreError) in
                try await store.secrets(of: owner, in: .run(environment: environment))
            }.filter { names?.contains($0.key.name) ?? true }
            guard !records.isEmpty else { return [:] }
            do throws(SecretError) {
                let secrets = try open(records)
                try await noteUse(of: records)
                return secrets
            } catch {
                // The key may have been replaced between reading the one and the other.
                guard case .missingKey = error, attempt < Self.attempts else { throw error }
            }
        }
        return [:]
    }

    private func open(_ records: [SecretRecord]) throws(SecretError) -> [String: RunSecret] {
        let keys = try sealer.source.keys()
        var secrets: [String: RunSecret] = [:]
        for record in records {
            let value = try sealer.open(
                record.sealed, for: Self.purpose(of: record.key, version: record.version), name: record.key.name,
                with: keys)
            var hosts: [SecretHost] = []
            for host in record.hosts {
                do throws(SecretHostProblem) { hosts.append(try SecretHost(parsing: host)) } catch {
                    throw .damaged(record.key.name)
                }
            }
            secrets[record.key.name] = RunSecret(value: value, hosts: hosts)
        }
        return secrets
    }

    private func noteUse(of records: [SecretRecord]) async throws(SecretError) {
        let moment = now()
        let due = records.filter { $0.usedAt.map { moment.milliseconds(since: $0) >= Self.useInterval } ?? true }
        guard !due.isEmpty else { return }
        try await stored { store throws(StoreError) in try await store.noteUse(of: due.map(\.key), at: moment) }
    }

    private func stored<Value: Sendable>(
        _ body: (any SecretStore) async throws(StoreError) -> Value
    ) async throws(SecretError) -> Value {
        do throws(StoreError) { return try await body(store) } catch { throw .store(error) }
    }
}

/// A secret to be kept.
public struct SecretDraft: Sendable {
    /// The value: 1 byte to 64 KiB.
    public var value: String
    /// The hosts it may be sent to; empty for all.
    public var hosts: [String]
    /// What it is for.
    public var description: String?

    /// A draft of these values.
    public init(value: String, hosts: [String] = [], description: String? = nil) {
        self.value = value
        self.hosts = hosts
        self.description = description
    }
}
