/// How the latest runs of a pipeline went, as far as somebody may know of them.
public struct PipelineHistory: Sendable, Hashable {
    /// How many of the latest runs are looked at.
    public static let window = 50

    /// The latest run.
    public struct Latest: Sendable, Hashable {
        /// Which.
        public var id: ID<Run>
        /// Its number.
        public var number: Int64
        /// When it was made.
        public var createdAt: Timestamp

        /// A run of these values.
        public init(id: ID<Run>, number: Int64, createdAt: Timestamp) {
            self.id = id
            self.number = number
            self.createdAt = createdAt
        }
    }

    /// One of the latest runs, as far as a small drawing needs it.
    public struct Mark: Sendable, Hashable {
        /// Where it stands.
        public var status: RunStatus
        /// How long it took; nil while it has not ended, and where it ended before it began.
        public var durationMilliseconds: Int64?

        /// A mark of these values.
        public init(status: RunStatus, durationMilliseconds: Int64?) {
            self.status = status
            self.durationMilliseconds = durationMilliseconds
        }
    }

    /// The latest run; nil where there was none.
    public var latest: Latest?
    /// The latest ``window`` runs, newest first.
    public var marks: [Mark]

    /// A history of these values.
    public init(latest: Latest? = nil, marks: [Mark] = []) {
        self.latest = latest
        self.marks = marks
    }

    /// Share of succeeded runs among those of ``marks`` that have ended, 0 to 1; nil while none has.
    public var successRate: Double? {
        let ended = marks.count { $0.status.isFinal }
        return ended == 0 ? nil : Double(marks.count { $0.status == .succeeded }) / Double(ended)
    }
}
