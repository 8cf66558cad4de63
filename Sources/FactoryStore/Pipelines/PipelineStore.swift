public import FactoryDomain

/// Keeps pipelines: the documents people work on.
public protocol PipelineStore: Sendable {
    /// Keeps a new pipeline.
    /// - Throws: ``StoreError/nameTaken(_:)``; ``StoreError/exists(kind:id:)`` where the id is there already.
    func create(_ pipeline: PipelineRecord) async throws(StoreError)

    /// The pipeline `id`, also one in the trash.
    func pipeline(_ id: ID<PipelineRecord>) async throws(StoreError) -> PipelineRecord

    /// Keeps `pipeline` with the next revision if the stored one still has `revision`.
    /// - Returns: the pipeline as kept.
    /// - Throws: ``StoreError/changed`` where the stored one has another revision; ``StoreError/nameTaken(_:)``.
    func replace(_ pipeline: PipelineRecord, revision: Int64) async throws(StoreError) -> PipelineRecord

    /// Puts a pipeline into the trash (a moment) or takes it out (nil), if it still has `revision`; nil takes any.
    func trash(
        _ id: ID<PipelineRecord>, at moment: Timestamp?, revision: Int64?
    ) async throws(StoreError)

    /// One page of pipelines, each with how its latest runs went, in a constant number of queries.
    func pipelines(_ filter: PipelineFilter) async throws(StoreError) -> PipelinePage

    /// How the latest runs of one pipeline went.
    func history(of id: ID<PipelineRecord>) async throws(StoreError) -> PipelineHistory
}

/// Which pipelines to list, and in which order.
public struct PipelineFilter: Sendable {
    /// What they are ordered by.
    public enum Key: String, Sendable, CaseIterable {
        case name, created, updated
    }

    /// Where the page before ended: the value it was ordered by, and the id.
    public struct Cursor: Sendable, Hashable {
        /// The name, or milliseconds as text.
        public var value: String
        /// The id.
        public var id: String
        /// A cursor of these values.
        public init(value: String, id: String) {
            self.value = value
            self.id = id
        }
    }

    /// Whose.
    public var owner: String
    /// Only those whose name, title, description or tags hold this text, whatever its case.
    public var text: String?
    /// Only those with this tag.
    public var tag: String?
    /// Those in the trash instead of the others.
    public var isTrashed: Bool
    /// What they are ordered by.
    public var key: Key
    /// True for the greatest first.
    public var descending: Bool
    /// At most this many, 1 to 200.
    public var limit: Int
    /// Only those behind this place.
    public var after: Cursor?

    /// A filter of these values; by default the latest changed first.
    public init(
        owner: String, text: String? = nil, tag: String? = nil, isTrashed: Bool = false, key: Key = .updated,
        descending: Bool = true, limit: Int = 50, after: Cursor? = nil
    ) {
        self.owner = owner
        self.text = text
        self.tag = tag
        self.isTrashed = isTrashed
        self.key = key
        self.descending = descending
        self.limit = limit
        self.after = after
    }
}

/// One page of pipelines.
public struct PipelinePage: Sendable {
    /// The pipelines with their histories; texts and documents are left out.
    public var pipelines: [(record: PipelineRecord, history: PipelineHistory)]
    /// Where the next page begins; nil on the last.
    public var next: PipelineFilter.Cursor?

    /// A page of these.
    public init(pipelines: [(record: PipelineRecord, history: PipelineHistory)], next: PipelineFilter.Cursor?) {
        self.pipelines = pipelines
        self.next = next
    }
}
