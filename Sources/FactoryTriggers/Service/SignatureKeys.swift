public import FactorySecrets

/// The keys of signatures, sealed so that the store alone does not tell them.
public struct SignatureKeys: Sendable {
    /// A key as it is kept.
    struct Sealed: Sendable {
        let text: String
        /// Id of the master key that it is sealed with, for the store to look at.
        let masterKeyID: String
    }

    private let sealer: Sealer

    /// Keys that `sealer` seals.
    public init(sealer: Sealer) { self.sealer = sealer }

    /// `key` sealed, to be opened for the thing called `id` only.
    func seal(_ key: String, of id: String) async throws(TriggerError) -> Sealed {
        do throws(SecretError) {
            let (text, masterKeyID) = try await sealer.seal(key, for: Self.purpose(id))
            return Sealed(text: text, masterKeyID: masterKeyID)
        } catch { throw .sealing(error) }
    }

    /// The key that was sealed for the thing called `id`.
    func open(_ sealed: String, of id: String) throws(TriggerError) -> String {
        do throws(SecretError) {
            return try sealer.open(sealed, for: Self.purpose(id), name: "the key of the webhook")
        } catch { throw .sealing(error) }
    }

    private static func purpose(_ id: String) -> SealPurpose { SealPurpose("signature key", [id]) }
}
