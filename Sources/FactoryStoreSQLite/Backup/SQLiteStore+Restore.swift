public import FactoryDomain
public import FactoryStore
import GRDB

extension SQLiteStore {
    /// Reads the whole file and looks whether its pages, indexes and references fit together.
    ///
    /// - Throws: ``StoreError/unavailable(reason:)`` with the first thing that does not.
    public func checkIntegrity() async throws(StoreError) {
        let problem = try await read { db -> String? in
            let verdict = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") ?? "no answer"
            guard verdict == "ok" else { return verdict }
            // Events and attempts name their run within their key, which SQLite does not check.
            let stray =
                try String.fetchOne(db, sql: "SELECT \"table\" FROM pragma_foreign_key_check")
                ?? String.fetchOne(db.cachedStatement(sql: Self.strayRows))
            return stray.map { "a row of \($0) refers to one that is not there" }
        }
        if let problem { throw .unavailable(reason: "the store's file is damaged: \(problem)") }
    }

    private static let strayRows = """
        SELECT 'event' WHERE EXISTS (SELECT 1 FROM event WHERE run_number NOT IN (SELECT number FROM run))
        UNION ALL
        SELECT 'attempt' WHERE EXISTS (SELECT 1 FROM attempt WHERE run_number NOT IN (SELECT number FROM run))
        """

    /// Every blob that the store names, and the number of its runs.
    public func contents() async throws(StoreError) -> (blobs: Set<ContentHash>, runs: Int) {
        try await read { db in
            (
                blobs: try Set(
                    String.fetchAll(db.cachedStatement(sql: RetentionSQL.allBlobs)).map(ContentHash.init(rawValue:))),
                runs: try Int.fetchOne(db, sql: "SELECT count(*) FROM run") ?? 0
            )
        }
    }

    /// Runs that have not ended.
    public func unfinishedCount() async throws(StoreError) -> Int {
        try await read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM run WHERE finished_ms IS NULL") ?? 0
        }
    }

    /// Leads runs that have their files below the folder `old` to the same folders below `new`.
    public func moveWorkspaces(from old: String, to new: String) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(
                sql: """
                    UPDATE run SET workspace = :new || substr(workspace, length(:old) + 1)
                    WHERE substr(workspace, 1, length(:old) + 1) = :old || '/'
                    """,
                arguments: ["old": old, "new": new])
        }
    }
}
