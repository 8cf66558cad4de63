public import FactoryDomain

/// Which part of a run's log to read.
public struct LogRange: Sendable, Hashable {
    /// Only what this step printed; nil for all.
    public var step: String?
    /// From the end towards the beginning.
    public var isNewestFirst: Bool
    /// The row to go on behind, in the direction of reading; nil from where the log begins or ends.
    public var row: Int64?
    /// The most pieces.
    public var limit: Int

    /// A part of a log; the whole of it where nothing is said.
    public init(step: String? = nil, isNewestFirst: Bool = false, behind row: Int64? = nil, limit: Int = Int.max - 1) {
        self.step = step
        self.isNewestFirst = isNewestFirst
        self.row = row
        self.limit = limit
    }
}

/// A part of a run's log, in the order that was asked for.
public struct LogPage: Sendable, Hashable {
    /// The pieces, each with its row, which grows along the log and never changes.
    public var items: [Item]
    /// ``LogRange/row`` for the next page; nil on the last.
    public var next: Int64?

    /// A page of these pieces.
    public init(items: [Item], next: Int64?) {
        self.items = items
        self.next = next
    }

    /// A piece of the log.
    public struct Item: Sendable, Hashable {
        /// Its row.
        public var row: Int64
        /// What was printed.
        public var chunk: LogChunk

        /// A piece in its row.
        public init(row: Int64, chunk: LogChunk) {
            self.row = row
            self.chunk = chunk
        }
    }
}
