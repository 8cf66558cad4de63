public import FactoryDomain
public import FactoryStore
import GRDB
import Synchronization

extension SQLiteStore: RetentionStore {
    /// Rows that one transaction removes, from which on it takes in no further run.
    private static let rowsAtOnce = 2_000
    /// Pages that one transaction gives back: 1 MiB.
    private static let pagesAtOnce = 256

    /// Runs that may go, the one that ended first at the front.
    public func expirableRuns(endedBefore before: Timestamp?, limit: Int) async throws(StoreError) -> [ID<Run>] {
        try await read { db in
            try String.fetchAll(
                db.cachedStatement(sql: RetentionSQL.runs), arguments: ["before": before?.milliseconds, "limit": limit]
            ).map(ID.init(rawValue:))
        }
    }

    /// Number of runs that may go.
    public func expirableRunCount() async throws(StoreError) -> Int {
        try await read { db in try Int.fetchOne(db.cachedStatement(sql: RetentionSQL.count)) ?? 0 }
    }

    /// Removes runs, as many of the first as fit into a short transaction, at least one.
    public func remove(_ runs: [ID<Run>]) async throws(StoreError) -> RunRemoval {
        let result = Mutex(RunRemoval(handled: 0, removed: 0, blobs: []))
        try await queue.submit { db in
            let before = db.totalChangesCount
            var removal = RunRemoval(handled: 0, removed: 0, blobs: [])
            for run in runs where removal.handled == 0 || db.totalChangesCount - before < Self.rowsAtOnce {
                try Self.remove(run.rawValue, &removal, in: db)
            }
            result.withLock { $0 = removal }
        }
        listsChanged()
        return result.withLock { $0 }
    }

    /// What removing a run would give back.
    public func contents(of run: ID<Run>) async throws(StoreError) -> (bytes: Int64, blobs: Set<ContentHash>) {
        try await read { db in
            (
                bytes: try Int64.fetchOne(
                    db.cachedStatement(sql: RetentionSQL.sizeOfRun), arguments: ["run": run.rawValue]) ?? 0,
                blobs: try Self.blobs(of: run.rawValue, in: db)
            )
        }
    }

    /// Which of `blobs` something in the store names.
    public func named(among blobs: [ContentHash]) async throws(StoreError) -> Set<ContentHash> {
        try await read { db in
            let statement = try db.cachedStatement(sql: RetentionSQL.isNamed)
            return try Set(
                blobs.filter { try Bool.fetchOne(statement, arguments: ["blob": $0.rawValue]) ?? true })
        }
    }

    /// What the store takes up: its file without what is free in it.
    public func footprint() async throws(StoreError) -> StoreFootprint {
        try await read { db in
            let page = try Int64.fetchOne(db, sql: "PRAGMA page_size") ?? 0
            let free = try Int64.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
            let all = try Int64.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            return StoreFootprint(usedBytes: (all - free) * page, freeBytes: free * page)
        }
    }

    /// Shortens the store's files by what is free in them.
    public func giveRoomBack() async throws(StoreError) {
        var free = Int64.max
        while case let left = try await footprint().freeBytes, left > 0, left < free {
            free = left
            try await queue.submit { db in
                try db.execute(sql: "PRAGMA incremental_vacuum(\(Self.pagesAtOnce))")
            }
        }
        do {
            try await database.writeWithoutTransaction { db in
                // A reader that still looks at old pages is not waited for: the next time will do.
                try db.execute(sql: "PRAGMA busy_timeout = 0")
                defer { try? db.execute(sql: "PRAGMA busy_timeout = \(Int(Self.busyTimeout * 1_000))") }
                _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
        } catch { throw StoreError(error) }
    }

    private static func remove(_ run: String, _ removal: inout RunRemoval, in db: Database) throws {
        removal.handled += 1
        guard let number = try Int64.fetchOne(db.cachedStatement(sql: RetentionSQL.mayGo), arguments: [run]) else {
            return
        }
        removal.blobs.formUnion(try blobs(of: run, in: db))
        try db.cachedStatement(sql: RetentionSQL.noteNumber).execute(arguments: [number])
        try db.cachedStatement(sql: RetentionSQL.removeRun).execute(arguments: [run])
        removal.removed += 1
    }

    private static func blobs(of run: String, in db: Database) throws -> Set<ContentHash> {
        try Set(
            String.fetchAll(db.cachedStatement(sql: RetentionSQL.blobsOfRun), arguments: ["run": run])
                .map(ContentHash.init(rawValue:)))
    }
}
