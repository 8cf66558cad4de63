import Crypto
import FactoryAPI
import FactoryDomain
public import FactoryStore

/// The key of an installation, which whoever has its data folder has. Its text is not kept: what is shown is compared
/// by its hash, in constant time.
public struct InstallationKey: Authenticator {
    private let digest: SHA256.Digest

    /// The key `text`.
    public init(_ text: String) { digest = SHA256.hash(data: Array(text.utf8)) }

    /// The person at the machine, where the credentials hold the key.
    public func principal(for credentials: Credentials) async throws(StoreError) -> Principal? {
        // Digests of the library compare in constant time.
        guard let bearer = credentials.bearer, SHA256.hash(data: Array(bearer.utf8)) == digest else { return nil }
        return Principal(
            owner: Owner.local, name: Owner.local, role: .admin, scopes: Set(AccessScope.allCases),
            credential: .installation)
    }
}
