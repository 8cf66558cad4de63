public import FactoryDomain

/// Keeps what is known of uploads; their bytes are elsewhere.
public protocol UploadStore: Sendable {
    /// Keeps a new upload where its owner's unfinished ones, this one included, are at most `limit` and have at most
    /// `room` bytes together.
    ///
    /// - Returns: false, and nothing is kept, where there is no such room.
    /// - Throws: ``StoreError/full(kind:limit:)`` where there are too many.
    func add(_ upload: UploadRecord, limit: Int, room: Int64?) async throws(StoreError) -> Bool

    /// The upload `id`; nil where there is none of this owner.
    func upload(_ id: ID<UploadRecord>, of owner: String) async throws(StoreError) -> UploadRecord?

    /// What of `owner` is not complete, oldest first.
    func unfinishedUploads(of owner: String) async throws(StoreError) -> [UploadRecord]

    /// Notes where an upload stands; nothing happens where there is none.
    func note(_ status: UploadRecord.Status, of upload: ID<UploadRecord>) async throws(StoreError)

    /// Forgets an upload; nothing happens where there is none.
    func removeUpload(_ id: ID<UploadRecord>) async throws(StoreError)

    /// Uploads of everybody that expired at `moment` or before, at most `limit`.
    func uploads(expiredAt moment: Timestamp, limit: Int) async throws(StoreError) -> [UploadRecord]
}
