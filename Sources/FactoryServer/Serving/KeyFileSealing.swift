import Crypto
import FactoryTriggers
import Glibc

/// Seals the keys of webhooks with AES-256-GCM under a key in a file of the data folder that only its owner can read.
struct KeyFileSealing: SecretSealing {
    private let key: SymmetricKey

    /// - Parameter path: the file, made where it is not there.
    init(path: String) throws(ServerError) {
        let text = try AccessKeyFile(path: path).readOrMake().key
        key = SymmetricKey(data: SHA256.hash(data: Array(text.utf8)))
    }

    func seal(_ plain: String, for purpose: String) async throws(TriggerError) -> String {
        guard let box = try? AES.GCM.seal(Array(plain.utf8), using: key, authenticating: Array(purpose.utf8)).combined
        else { throw .sealing("the key could not be sealed") }
        return Hex.text(of: Array(box))
    }

    func open(_ sealed: String, for purpose: String) async throws(TriggerError) -> String {
        guard let bytes = Hex.bytes(of: sealed), let box = try? AES.GCM.SealedBox(combined: bytes),
            let plain = try? AES.GCM.open(box, using: key, authenticating: Array(purpose.utf8)),
            let text = String(validating: Array(plain), as: UTF8.self)
        else { throw .sealing("the stored key of the webhook does not open; give it a new one") }
        return text
    }
}
