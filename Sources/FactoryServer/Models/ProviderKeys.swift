import FactoryDomain
import FactoryStore

/// Seals the keys of providers, and opens them. A key is bound to its provider, its owner and its version.
struct ProviderKeys: Sendable {
    /// Why a key cannot be kept or used. Says nothing of the key.
    struct Trouble: Error {
        var message: String
        var hint: String?
    }

    /// Seals a key; gives what to keep, and the id of the master key it is sealed with.
    var seal: @Sendable (_ key: String, ProviderRecord) async throws(Trouble) -> (sealed: String, keyID: String)
    /// Opens what was sealed for this provider.
    var open: @Sendable (_ sealed: String, ProviderRecord) throws(Trouble) -> String

    /// The key of `provider`; nil where it has none.
    func key(of provider: ProviderRecord) throws(Trouble) -> String? {
        guard let sealed = provider.sealedKey else { return nil }
        return try open(sealed, provider)
    }

    /// What the key of `provider` is bound to.
    static func binding(of provider: ProviderRecord) -> [String] {
        [provider.owner ?? "", provider.id.rawValue, String(provider.keyVersion)]
    }

    static let unavailable = ProviderKeys(
        seal: { _, _ throws(Trouble) in throw Trouble(message: "unavailable") },
        open: { _, _ throws(Trouble) in throw Trouble(message: "unavailable") })
}
