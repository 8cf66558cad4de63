import FactoryBlobs
import FactoryDomain

/// The key that opens the API. Its text is not kept: what is shown is compared by its hash, in constant time.
public struct AccessKey: Sendable {
    private let hash: [UInt8]

    /// The key `text`.
    public init(_ text: String) { hash = Self.hash(of: text) }

    /// True when `text` is the key.
    func opens(with text: String) -> Bool {
        let other = Self.hash(of: text)
        guard other.count == hash.count else { return false }
        var difference: UInt8 = 0
        for (left, right) in zip(hash, other) { difference |= left ^ right }
        return difference == 0
    }

    private static func hash(of text: String) -> [UInt8] { Array(BlobStore.hash(of: Array(text.utf8)).rawValue.utf8) }
}
