import FactoryBlobs
import FactoryDomain
import FactoryJSON

/// Puts values where they belong: small ones into the row, large ones into the blob store, and reads them back.
struct ValueStore: Sendable {
    let blobs: BlobStore

    /// `value` as a row holds it. Large values reach the disk here, before the transaction that names them.
    func store(_ value: JSON) throws(BlobError) -> StoredValue {
        guard value.textBound(upTo: StoredValue.inlineLimit) == nil else { return .inline(value) }
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

extension JSON {
    /// No fewer bytes than this value's text has, where that is found to be at most `limit` without writing the text;
    /// nil where the text may be longer.
    fileprivate func textBound(upTo limit: Int) -> Int? {
        let bound: Int
        switch self {
        case .null, .bool: bound = 5
        case .int, .double: bound = 25
        // A control character is written with six.
        case .string(let text): bound = text.utf8.count * 6 + 2
        case .array(let elements):
            var sum = 2
            for element in elements {
                guard let bound = element.textBound(upTo: limit - sum) else { return nil }
                sum += bound + 1
            }
            bound = sum
        case .object(let members):
            var sum = 2
            for (key, value) in members {
                guard let bound = value.textBound(upTo: limit - sum) else { return nil }
                sum += bound + key.utf8.count * 6 + 4
            }
            bound = sum
        }
        return bound <= limit ? bound : nil
    }
}
