import FactoryDomain
import FactorySecrets
import FactoryStore

/// Seals the keys of providers, and opens them. A key is bound to its provider, its owner and its version.
struct ProviderKeys: Sendable {
    let sealer: Sealer

    /// What to keep of `key`, and the id of the master key it is sealed with.
    func seal(_ key: String, for provider: ProviderRecord) async throws(SecretError) -> (sealed: String, keyID: String)
    {
        try await sealer.seal(key, for: Self.purpose(of: provider))
    }

    /// The key of `provider`; nil where it has none.
    func key(of provider: ProviderRecord) throws(SecretError) -> String? {
        guard let sealed = provider.sealedKey else { return nil }
        return try sealer.open(sealed, for: Self.purpose(of: provider), name: "provider \(provider.name)")
    }

    /// Adds the keys of these providers, sealed for `heir`, to `values`.
    func reseal(
        _ providers: [ProviderRecord], for heir: String, into values: inout ResealedValues
    ) async throws(SecretError) {
        for provider in providers {
            guard let sealed = provider.sealedKey else { continue }
            var next = provider
            next.owner = heir
            try await sealer.reseal(
                sealed, from: Self.purpose(of: provider), to: Self.purpose(of: next),
                name: "provider \(provider.name)", into: &values)
        }
    }

    private static func purpose(of provider: ProviderRecord) -> SealPurpose {
        SealPurpose("provider", [provider.owner ?? "", provider.id.rawValue, String(provider.keyVersion)])
    }
}
