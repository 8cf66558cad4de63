public import FactoryBlobs

extension ChangeSet.Entry {
    /// The whole content, nil when the path holds no file.
    ///
    /// - Throws: `limit(.fileBytes)` when it grew past ``Workspace/maximumFileBytes``, `blobs` when a piece is gone.
    public func content(from blobs: BlobStore) throws(WorkspaceError) -> [UInt8]? {
        guard isPresent else { return nil }
        var bytes: [UInt8] = []
        for hash in pieces {
            do {
                bytes += try blobs.read(hash, maxBytes: Workspace.maximumFileBytes)
            } catch {
                throw .blobs(error)
            }
            guard bytes.count <= Workspace.maximumFileBytes else {
                throw .limit(.fileBytes(path: path, bytes: Int64(Workspace.maximumFileBytes)))
            }
        }
        return bytes
    }

    /// The size of the content in bytes, 0 when the path holds no file.
    public func size(in blobs: BlobStore) throws(WorkspaceError) -> Int64 {
        let rest = appended.reduce(Int64(0)) { $0 + $1.size }
        switch start {
        case .nothing: return rest
        case .written(_, let size): return size + rest
        case .base(let hash):
            do {
                return try blobs.size(of: hash) + rest
            } catch {
                throw .blobs(error)
            }
        }
    }
}
