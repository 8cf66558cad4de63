public import FactoryJSON
import FactoryStoreSQLite

/// What this program is, and which formats it reads and writes.
public struct ProgramVersion: Sendable {
    /// Version of the program.
    public let number: String
    /// Version of the document format.
    public let documentFormat: Int
    /// Number of the store's format.
    public let storeFormat: Int

    /// The running program.
    public static let current = ProgramVersion(
        number: "0.1.0", documentFormat: 1, storeFormat: SQLiteStore.formatNumber)

    /// The form printed by `factory version -o json`.
    public var json: JSON {
        [
            "version": .string(number), "document_format": .int(Int64(documentFormat)),
            "store_format": .int(Int64(storeFormat)),
        ]
    }
}
