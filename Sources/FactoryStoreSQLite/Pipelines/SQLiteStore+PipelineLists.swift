public import FactoryDomain
public import FactoryStore
import GRDB
import Synchronization

extension SQLiteStore {
    /// Changes whenever a list might.
    public var listGeneration: UInt64 { listChanges.load(ordering: .acquiring) }

    /// Says that lists of pipelines may show something else from now on. Called when it is on the disk, before anybody
    /// is told so.
    func listsChanged() { listChanges.wrappingAdd(1, ordering: .acquiringAndReleasing) }

    /// One page of pipelines with their histories: one query.
    public func pipelines(_ filter: PipelineFilter) async throws(StoreError) -> PipelinePage {
        let limit = min(max(filter.limit, 1), 200)
        let list = PipelineListSQL(filter, limit: limit + 1)
        return try await read { db in
            var items: [PipelinePage.Item] = []
            items.reserveCapacity(limit)
            var (hasMore, place) = (false, "")
            let statement = try db.cachedStatement(sql: list.sql)
            let rows = try Row.fetchCursor(statement, arguments: list.arguments)
            while let row = try rows.next() {
                guard items.count < limit else {
                    hasMore = true
                    break
                }
                if items.count == limit - 1 { place = try String.fromDatabase(row, filter.key) }
                items.append(
                    PipelinePage.Item(
                        record: try Self.card(row), sharedRole: row["shared_role"], isFavourite: row["is_favourite"],
                        history: Self.history(row)))
            }
            guard hasMore, let last = items.last else { return PipelinePage(items: items, next: nil) }
            if filter.key == .relevance { place = String((filter.after.flatMap { Int($0.value) } ?? 0) + limit) }
            return PipelinePage(
                items: items, next: PipelineFilter.Cursor(value: place, id: last.record.id.rawValue))
        }
    }

    /// How the latest runs of one pipeline went.
    public func history(
        of id: ID<PipelineRecord>, for viewer: PipelineViewer
    ) async throws(StoreError) -> PipelineHistory {
        try await read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: PipelineListSQL.history),
                arguments: ["id": id.rawValue, "viewer": viewer.account, "all": viewer.isAdmin]
            ).map(Self.history) ?? PipelineHistory()
        }
    }

    /// The tags of the pipelines that somebody may see.
    public func tags(for viewer: PipelineViewer) async throws(StoreError) -> [(tag: String, count: Int)] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: PipelineListSQL.tags),
                arguments: ["viewer": viewer.account, "among": PipelineListSQL.among(viewer)]
            ).map { (tag: $0["tag"], count: $0["count"]) }
        }
    }

    /// Whether a pipeline is among the favourites of an account.
    public func isFavourite(
        _ id: ID<PipelineRecord>, of account: String
    ) async throws(StoreError) -> Bool {
        try await read { db in
            try Int.fetchOne(
                db.cachedStatement(sql: PipelineSQL.favourite), arguments: ["account": account, "id": id.rawValue])
                != nil
        }
    }

    /// Puts a pipeline among the favourites of an account, or takes it out.
    public func setFavourite(
        _ id: ID<PipelineRecord>, of account: String, _ isFavourite: Bool
    ) async throws(StoreError) {
        try await change { db in
            try db.execute(
                sql: isFavourite ? PipelineSQL.addFavourite : PipelineSQL.removeFavourite,
                arguments: ["account": account, "id": id.rawValue])
        }
    }

    private static func history(_ row: Row) -> PipelineHistory {
        guard let latest = row["latest"] as String?, let marks = row["marks"] as String? else {
            return PipelineHistory()
        }
        let parts = latest.split(separator: " ")
        guard parts.count == 3, let number = Int64(parts[1]), let created = Int64(parts[2]) else {
            return PipelineHistory()
        }
        return PipelineHistory(
            latest: PipelineHistory.Latest(
                id: ID(rawValue: String(parts[0])), number: number, createdAt: Timestamp(milliseconds: created)),
            marks: PipelineHistory.marks(in: marks))
    }
}

extension PipelineHistory {
    /// Reads what the statement wrote: `s1234 f17 r`.
    fileprivate static func marks(in text: String) -> [Mark] {
        var marks: [Mark] = []
        marks.reserveCapacity(window)
        var (status, milliseconds, hasDigits) = (RunStatus?.none, Int64(0), false)
        func end() {
            guard let status else { return }
            marks.append(Mark(status: status, durationMilliseconds: hasDigits ? max(0, milliseconds) : nil))
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: " "):
                end()
                (status, milliseconds, hasDigits) = (nil, 0, false)
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                milliseconds = milliseconds &* 10 &+ Int64(byte - UInt8(ascii: "0"))
                hasDigits = true
            default: status = statuses[byte] ?? status
            }
        }
        end()
        return marks
    }

    private static let statuses = Dictionary(
        uniqueKeysWithValues: RunStatus.allCases.map { ($0.rawValue.utf8.first ?? 0, $0) })
}

extension String {
    /// The value that the list was ordered by, as a cursor holds it.
    fileprivate static func fromDatabase(_ row: Row, _ key: PipelineFilter.Key) throws -> String {
        switch key {
        case .name: row["place"]
        case .created, .updated, .lastRun: String(row["place"] as Int64)
        case .relevance: ""
        }
    }
}
