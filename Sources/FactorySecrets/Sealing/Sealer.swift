public import FactoryStore

/// Seals what is kept in the store, and opens it.
///
/// Keys are read anew for every call, so that a key that another process replaces is noticed at once. Who writes what was
/// sealed has the store look whether the key is still the present one, and seals anew where it is not.
public struct Sealer: Sendable {
    private let store: any SealingStore
    let source: MasterKeySource

    /// A sealer for `store` with keys from `source`.
    public init(store: any SealingStore, keys source: MasterKeySource) {
        self.store = store
        self.source = source
    }

    /// Seals `value` with the present key, made now where none has ever been.
    ///
    /// - Returns: what to keep, and the id of the key for the store to look at.
    /// - Throws: ``SecretError/missingKey(_:)`` where other values are sealed with a key that is not at hand.
    public func seal(
        _ value: String, for purpose: SealPurpose
    ) async throws(SecretError) -> (sealed: String, keyID: String) {
        let key = try await presentKey()
        guard let sealed = SealedValue.sealing(Array(value.utf8), for: purpose, with: key) else {
            throw .store(.unavailable(reason: "the value could not be sealed"))
        }
        return (sealed.text, key.id)
    }

    /// The value that was sealed for `purpose`.
    ///
    /// - Parameter name: names it in errors.
    /// - Throws: ``SecretError/missingKey(_:)``, ``SecretError/damaged(_:)``.
    public func open(_ sealed: String, for purpose: SealPurpose, name: String) throws(SecretError) -> String {
        try open(sealed, for: purpose, name: name, with: try source.keys())
    }

    /// The same with keys that were read already.
    func open(
        _ sealed: String, for purpose: SealPurpose, name: String, with keys: MasterKeys
    ) throws(SecretError) -> String {
        guard let value = SealedValue(sealed) else { throw .damaged(name) }
        guard let key = keys.key(value.keyID) else { throw .missingKey(value.keyID) }
        guard let bytes = value.opened(for: purpose, with: key),
            let text = String(validating: bytes, as: UTF8.self)
        else { throw .damaged(name) }
        return text
    }

    /// Seals what is sealed for one purpose for another, and adds both to `values`; what does not open for the first is
    /// added as it is.
    ///
    /// - Throws: ``SecretError/missingKey(_:)``; `StoreError.changed` where the master key was replaced since the
    ///   values before this one were sealed.
    public func reseal(
        _ sealed: String, from old: SealPurpose, to new: SealPurpose, name: String, into values: inout ResealedValues
    ) async throws(SecretError) {
        let value: String
        do throws(SecretError) { value = try open(sealed, for: old, name: name) } catch {
            guard case .damaged = error else { throw error }
            values.values[sealed] = sealed
            return
        }
        let (next, keyID) = try await seal(value, for: new)
        guard values.keyID == nil || values.keyID == keyID else { throw .store(.changed) }
        values.values[sealed] = next
        values.keyID = keyID
    }

    private func presentKey() async throws(SecretError) -> MasterKey {
        let known = try await stored { store throws(StoreError) in try await store.sealingKeys() }
        let keys = try source.keys()
        if let id = known.current {
            if let key = keys.key(id) { return key }
            // With nothing left that it could open, a lost key is no loss.
            let count = try await stored { store throws(StoreError) in try await store.sealedCount(notWith: nil) }
            guard count == 0 else { throw .missingKey(id) }
        }
        if let key = keys.current { return key }
        return try source.make()
    }

    private func stored<Value: Sendable>(
        _ body: (any SealingStore) async throws(StoreError) -> Value
    ) async throws(SecretError) -> Value {
        do throws(StoreError) { return try await body(store) } catch { throw .store(error) }
    }
}
