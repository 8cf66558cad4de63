public import FactoryDomain

/// Lists pipelines.
public protocol PipelineListStore: Sendable {
    /// Changes whenever a list might: what was listed before is worth nothing then.
    var listGeneration: UInt64 { get }

    /// One page of the pipelines that somebody may see, each with how its latest runs went, in one query.
    func pipelines(_ filter: PipelineFilter) async throws(StoreError) -> PipelinePage

    /// How the latest runs of one pipeline went, as far as `viewer` may know of them.
    func history(of id: ID<PipelineRecord>, for viewer: PipelineViewer) async throws(StoreError) -> PipelineHistory

    /// The tags of the pipelines that somebody may see, with their number, the most frequent first.
    func tags(for viewer: PipelineViewer) async throws(StoreError) -> [(tag: String, count: Int)]

    /// Whether `account` has the pipeline among its favourites.
    func isFavourite(_ id: ID<PipelineRecord>, of account: String) async throws(StoreError) -> Bool

    /// Puts the pipeline among the favourites of `account`, or takes it out.
    func setFavourite(_ id: ID<PipelineRecord>, of account: String, _ isFavourite: Bool) async throws(StoreError)
}

/// Who looks at pipelines.
public struct PipelineViewer: Sendable, Hashable {
    /// The account.
    public var account: String
    /// True where it may know of every run, and list what belongs to others.
    public var isAdmin: Bool
    /// The ids it is restricted to; nil for no restriction.
    public var among: Set<String>?

    /// A viewer of these values.
    public init(account: String, isAdmin: Bool = false, among: Set<String>? = nil) {
        self.account = account
        self.isAdmin = isAdmin
        self.among = among
    }
}

/// Which pipelines to list, and in which order.
public struct PipelineFilter: Sendable {
    /// What they are ordered by.
    public enum Key: String, Sendable, CaseIterable {
        case name, created, updated
        /// By the number of the latest run.
        case lastRun = "last_run"
        /// By how well they fit ``PipelineFilter/words``.
        case relevance
    }

    /// Where the page before ended: the value it was ordered by, and the id.
    public struct Cursor: Sendable, Hashable {
        /// The name, or a number as text. For relevance the number of pipelines before.
        public var value: String
        /// The id.
        public var id: String
        /// A cursor of these values.
        public init(value: String, id: String) {
            self.value = value
            self.id = id
        }
    }

    /// Who looks: listed are its own, those shared with it and public ones. In the trash, its own alone.
    public var viewer: PipelineViewer
    /// Only those that belong to this account.
    public var owner: String?
    /// Only those with this visibility.
    public var visibility: Visibility?
    /// Only those in which each of these words, or one that begins with it, stands in name, title, description, tags
    /// or steps; nil for no search.
    public var words: [String]?
    /// Only those with this tag.
    public var tag: String?
    /// Only favourites (true), or only others (false).
    public var isFavourite: Bool?
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
        viewer: PipelineViewer, owner: String? = nil, visibility: Visibility? = nil, words: [String]? = nil,
        tag: String? = nil, isFavourite: Bool? = nil, isTrashed: Bool = false, key: Key = .updated,
        descending: Bool = true, limit: Int = 50, after: Cursor? = nil
    ) {
        self.viewer = viewer
        self.owner = owner
        self.visibility = visibility
        self.words = words
        self.tag = tag
        self.isFavourite = isFavourite
        self.isTrashed = isTrashed
        self.key = key
        self.descending = descending
        self.limit = limit
        self.after = after
    }

    /// The words of a text that somebody looks for: runs of letters and digits.
    public static func words(in text: String) -> [String] {
        text.split { !($0.isLetter || $0.isNumber) }.prefix(16).map(String.init)
    }
}

/// One page of pipelines.
public struct PipelinePage: Sendable {
    /// One pipeline of a list.
    public struct Item: Sendable {
        /// The pipeline; text and document are left out.
        public var record: PipelineRecord
        /// The role it is shared with the viewer with; nil where it is not.
        public var sharedRole: String?
        /// Whether it is among the viewer's favourites.
        public var isFavourite: Bool
        /// How its latest runs went, as far as the viewer may know of them.
        public var history: PipelineHistory

        /// An item of these values.
        public init(record: PipelineRecord, sharedRole: String?, isFavourite: Bool, history: PipelineHistory) {
            self.record = record
            self.sharedRole = sharedRole
            self.isFavourite = isFavourite
            self.history = history
        }
    }

    /// The pipelines.
    public var items: [Item]
    /// Where the next page begins; nil on the last.
    public var next: PipelineFilter.Cursor?

    /// A page of these.
    public init(items: [Item], next: PipelineFilter.Cursor?) {
        self.items = items
        self.next = next
    }
}
