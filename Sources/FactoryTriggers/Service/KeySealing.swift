import Crypto

/// Seals the keys of webhooks with AES-256-GCM under a key that the store does not hold.
public struct KeySealing: SecretSealing {
    private let key: SymmetricKey

    /// - Parameter text: unguessable text that stays the same, of at least 256 bits.
    public init(key text: String) { key = SymmetricKey(data: SHA256.hash(data: Array(text.utf8))) }

    /// `plain` sealed, to be opened for the same `purpose` only.
    public func seal(_ plain: String, for purpose: String) async throws(TriggerError) -> String {
        guard let box = try? AES.GCM.seal(Array(plain.utf8), using: key, authenticating: Array(purpose.utf8)).combined
        else { throw .sealing("the key could not be sealed") }
        return Hex.text(of: Array(box))
    }

    /// What was sealed for `purpose`.
    public func open(_ sealed: String, for purpose: String) async throws(TriggerError) -> String {
        guard let bytes = Hex.bytes(of: sealed), let box = try? AES.GCM.SealedBox(combined: bytes),
            let plain = try? AES.GCM.open(box, using: key, authenticating: Array(purpose.utf8)),
            let text = String(validating: Array(plain), as: UTF8.self)
        else { throw .sealing("the stored key of the webhook does not open; give it a new one") }
        return text
    }
}
