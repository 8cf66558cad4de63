public import FactoryJSON

/// A value as a row holds it: itself when small, else the address of its bytes and the beginning of its text.
public enum StoredValue: Sendable, Hashable {
    /// Values whose JSON is longer than this many bytes go to the blob store.
    public static let inlineLimit = 32 * 1024
    /// Characters of JSON text that a preview shows.
    public static let previewLength = 256

    case inline(JSON)
    case blob(ContentHash, sizeBytes: Int64, preview: String)

    /// The form printed: the value, or `{blob, size, preview}`.
    public var json: JSON {
        switch self {
        case .inline(let value): value
        case .blob(let hash, let size, let preview):
            ["blob": .string(hash.rawValue), "size": .int(size), "preview": .string(preview)]
        }
    }
}
