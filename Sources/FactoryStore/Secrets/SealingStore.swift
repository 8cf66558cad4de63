public import FactoryDomain

/// Knows which master key what is sealed in the store is sealed with, in whatever table it lies.
///
/// Sealed values stand in columns named `sealed` or `…_sealed`; digits 3 to 18 are the id of their master key.
public protocol SealingStore: Sendable {
    /// The master keys that the store knows of.
    func sealingKeys() async throws(StoreError) -> SealingKeys

    /// How many values are sealed with another master key than that of the id; nil counts all.
    func sealedCount(notWith keyID: String?) async throws(StoreError) -> Int

    /// From now on nothing is sealed with another key than that of `keyID`; the one before is noted as retiring.
    func beginRotation(to keyID: String, at moment: Timestamp) async throws(StoreError)

    /// Values that are sealed with another master key.
    func sealedValues(notWith keyID: String, limit: Int) async throws(StoreError) -> [String]

    /// Puts sealed values in the place of others, wherever these stand, in one transaction. One that is no longer there
    /// is passed over.
    func replaceSealed(_ values: [(old: String, new: String)]) async throws(StoreError)

    /// Forgets the retiring key.
    ///
    /// - Throws: ``StoreError/changed`` where something is still sealed with it.
    func endRotation() async throws(StoreError)
}

/// The master keys that a store knows of, by id.
public struct SealingKeys: Sendable, Hashable {
    /// The one that values are sealed with; nil where nothing was ever sealed.
    public var current: String?
    /// The one before, while values are moved from it to the current one.
    public var retiring: String?

    /// Keys of these ids.
    public init(current: String?, retiring: String?) {
        self.current = current
        self.retiring = retiring
    }
}
