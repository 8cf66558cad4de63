import FactoryBlobs
import FactoryDomain
import FactoryJSON

/// Puts values where they belong: small ones into the row, large ones into the blob store, and reads them back.
struct ValueStore: Sendable {
    let blobs: BlobStore

    /// `value` as a row holds it. Large values reach the disk here, before the transaction that names them.
    func store(_ value: JSON) throws(BlobError) -> StoredValue {
        let bytes = value.serializedBytes()
        guard bytes.count > StoredValue.inlineLimit else { return .inline(value) }
        let hash = try blobs.put(bytes)
        let preview = String(decoding: bytes.prefix(StoredValue.previewLength * 4), as: UTF8.self)
        return .blob(hash, sizeBytes: Int64(bytes.count), preview: String(preview.prefix(StoredValue.previewLength)))
    }

    /// The value itself.
    func load(_ value: StoredValue) throws(BlobError) -> JSON {
        switch value {
        case .inline(let json): return json
        case .blob(let hash, _, _):
            let bytes = try blobs.read(hash)
            do { return try JSON(parsing: bytes) } catch { throw .damaged(hash) }
        }
    }
}
