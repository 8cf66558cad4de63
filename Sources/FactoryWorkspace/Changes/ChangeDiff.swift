public import FactoryBlobs
public import FactoryDomain

extension PlannedChange {
    /// The change as a unified diff, or one sentence where a content is not text or too long to compare by eye.
    ///
    /// - Throws: `blobs` when a content cannot be read.
    public func diff(from blobs: BlobStore) throws(WorkspaceError) -> String {
        let (old, new) = (try Self.text(before, from: blobs), try Self.text(after, from: blobs))
        guard let old, let new else {
            return "Contents of \(path.quotedForMessage) differ and are not shown as text.\n"
        }
        return UnifiedDiff.text(
            from: old, to: new, oldName: before == nil ? "/dev/null" : "a/\(path)",
            newName: after == nil ? "/dev/null" : "b/\(path)")
    }

    /// Longest content that is shown.
    private static let maximumBytes = 1 << 20

    private static func text(_ hash: ContentHash?, from blobs: BlobStore) throws(WorkspaceError) -> String? {
        guard let hash else { return "" }
        do {
            guard try blobs.size(of: hash) <= maximumBytes else { return nil }
            let bytes = try blobs.read(hash, maxBytes: maximumBytes)
            return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
        } catch {
            throw .blobs(error)
        }
    }
}
