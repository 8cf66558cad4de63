import Crypto
public import FactoryDomain

/// The address of bytes that come in pieces: SHA-256.
public struct ContentHasher {
    private var digest = SHA256()

    /// A hasher that has seen nothing.
    public init() {}

    /// Takes the next piece.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) { digest.update(bufferPointer: bytes) }

    /// The address of all that was taken.
    public func finish() -> ContentHash { BlobStore.address(digest.finalize()) }
}
