public import FactoryDomain
public import FactoryStore

/// Puts a new master key in the place of the present one, beside whoever works with the store.
///
/// The new key is written down first; then the store refuses what is sealed with the old one, and everything sealed is
/// rewrapped a few at a time; at last the old key goes. Both keys open until then, so a process that ends on the way
/// leaves nothing unreadable, and running it again goes on where that one was.
public struct KeyRotation: Sendable {
    /// How it went.
    public struct Report: Sendable, Hashable {
        /// Id of the key before; nil where nothing had been sealed yet.
        public var from: String?
        /// Id of the key now.
        public var to: String
        /// How many values were rewrapped.
        public var rewrapped: Int
        /// True where it went on with what an earlier call had begun.
        public var wasInterrupted: Bool
        /// True where keys come from the environment, which has to name the new one from now on.
        public var needsNewSetting: Bool
    }

    /// Values rewrapped in one transaction.
    static let batch = 100

    private let store: any SealingStore
    private let source: MasterKeySource
    private let now: @Sendable () -> Timestamp

    /// A rotation of the key of `store`, which comes from `source`.
    public init(store: any SealingStore, keys source: MasterKeySource, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.source = source
        self.now = now
    }

    /// Replaces the key, or ends an interrupted replacement.
    ///
    /// - Throws: ``SecretError/missingKey(_:)`` where a key is not at hand that something is sealed with;
    ///   ``SecretError/damaged(_:)`` for a value that its key does not open. Nothing is lost in either case.
    public func run() async throws(SecretError) -> Report {
        let known = try await stored { store throws(StoreError) in try await store.sealingKeys() }
        let left = try source.keys()
        if let current = known.current, left.key(current) == nil { throw .missingKey(current) }
        let next = try source.makeNext()
        let wasInterrupted = known.current == next.id
        let from = wasInterrupted ? known.retiring : known.current
        if known.current != nil, !wasInterrupted {
            try await stored { store throws(StoreError) in try await store.beginRotation(to: next.id, at: now()) }
        }
        let rewrapped = try await rewrap(to: next)
        try await stored { store throws(StoreError) in try await store.endRotation() }
        let isInPlace = try source.promoteNext()
        return Report(
            from: from, to: next.id, rewrapped: rewrapped, wasInterrupted: wasInterrupted, needsNewSetting: !isInPlace)
    }

    private func rewrap(to next: MasterKey) async throws(SecretError) -> Int {
        let keys = try source.keys()
        var count = 0
        while true {
            let found = try await stored { store throws(StoreError) in
                try await store.sealedValues(notWith: next.id, limit: Self.batch)
            }
            guard !found.isEmpty else { return count }
            var replacements: [(old: String, new: String)] = []
            for old in found {
                guard let value = SealedValue(old) else { throw .damaged("of an unknown name") }
                guard let key = keys.key(value.keyID) else { throw .missingKey(value.keyID) }
                guard let new = value.rewrapped(from: key, to: next) else { throw .damaged("of an unknown name") }
                replacements.append((old, new.text))
            }
            let batch = replacements
            try await stored { store throws(StoreError) in try await store.replaceSealed(batch) }
            count += batch.count
        }
    }

    private func stored<Value: Sendable>(
        _ body: (any SealingStore) async throws(StoreError) -> Value
    ) async throws(SecretError) -> Value {
        do throws(StoreError) { return try await body(store) } catch { throw .store(error) }
    }
}
