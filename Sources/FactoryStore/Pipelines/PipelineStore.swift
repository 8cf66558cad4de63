public import FactoryDomain

/// Keeps pipelines: the documents people work on, and everything that belongs to them.
public protocol PipelineStore: PipelineListStore, PipelineVersionStore, PipelineSharingStore, PipelineDiscussionStore {
    /// Keeps a new pipeline.
    /// - Throws: ``StoreError/nameTaken(_:)``; ``StoreError/exists(kind:id:)`` where the id is there already.
    func create(_ pipeline: PipelineRecord) async throws(StoreError)

    /// Keeps new pipelines, and others with their next revision if the stored ones still have theirs: all of them, or
    /// none.
    /// - Throws: ``StoreError/changed``, ``StoreError/nameTaken(_:)``.
    func keep(new: [PipelineRecord], replacing: [PipelineRecord]) async throws(StoreError)

    /// The pipeline `id`, also one in the trash.
    func pipeline(_ id: ID<PipelineRecord>) async throws(StoreError) -> PipelineRecord

    /// The pipeline of `owner` with this name that is not in the trash; nil where there is none.
    func pipeline(named name: String, of owner: String) async throws(StoreError) -> PipelineRecord?

    /// The pipelines of `owner` that are not in the trash, by name, at most `limit`, from behind `name` on; with their
    /// documents.
    func pipelines(of owner: String, after name: String?, limit: Int) async throws(StoreError) -> [PipelineRecord]

    /// Keeps `pipeline` with the next revision if the stored one still has `revision`.
    /// - Parameter renames: steps that have another id in it, by the id they had; what is said of them follows.
    /// - Returns: the pipeline as kept.
    /// - Throws: ``StoreError/changed`` where the stored one has another revision; ``StoreError/nameTaken(_:)``.
    func replace(
        _ pipeline: PipelineRecord, revision: Int64, renames: [String: String]
    ) async throws(StoreError) -> PipelineRecord

    /// The text that the pipeline `id` had at `revision`; nil where it is no longer known.
    func draft(of id: ID<PipelineRecord>, revision: Int64) async throws(StoreError) -> PipelineDraftRecord?

    /// Puts a pipeline into the trash (`isTrashed`) or takes it out, if it still has `revision`; nil takes any.
    func trash(
        _ id: ID<PipelineRecord>, _ isTrashed: Bool, by account: String, at moment: Timestamp, revision: Int64?
    ) async throws(StoreError)

    /// Removes a pipeline from the trash for good, with everything that belongs to it. Its runs stay, as runs of no
    /// pipeline.
    /// - Throws: ``StoreError/changed`` where it is not in the trash, or a run of it has not ended.
    func purge(_ id: ID<PipelineRecord>) async throws(StoreError)

    /// Runs of a pipeline that have ended and may be removed, at most `limit`.
    func removableRuns(of id: ID<PipelineRecord>, limit: Int) async throws(StoreError) -> [ID<Run>]

    /// True where a run of the pipeline has not ended.
    func hasOpenRuns(_ id: ID<PipelineRecord>) async throws(StoreError) -> Bool

    /// Pipelines that were put into the trash before `moment`, at most `limit`.
    func trashed(before moment: Timestamp, limit: Int) async throws(StoreError) -> [ID<PipelineRecord>]

    /// The places of steps on the canvas, as JSON text; nil where none were kept.
    func layout(of id: ID<PipelineRecord>) async throws(StoreError) -> String?

    /// Keeps the places of steps.
    func setLayout(of id: ID<PipelineRecord>, _ layout: String) async throws(StoreError)
}

/// A draft as it was.
public struct PipelineDraftRecord: Sendable, Hashable {
    /// Which.
    public var revision: Int64
    /// How ``text`` is written.
    public var format: PipelineRecord.Format
    /// The document as written.
    public var text: String

    /// A draft of these values.
    public init(revision: Int64, format: PipelineRecord.Format, text: String) {
        self.revision = revision
        self.format = format
        self.text = text
    }
}
