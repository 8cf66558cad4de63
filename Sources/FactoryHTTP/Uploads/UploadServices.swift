public import FactoryStore

/// What uploads work with.
public struct UploadServices: Sendable {
    /// Where it is kept what is on its way.
    public var store: any UploadStore
    /// Bytes that the workspace and the unfinished uploads of one account may have together; nil for no limit.
    public var quotaBytes: Int64?

    /// Services of these parts.
    public init(store: any UploadStore, quotaBytes: Int64?) {
        self.store = store
        self.quotaBytes = quotaBytes
    }
}
