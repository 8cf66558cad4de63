import GRDB

/// What the disk and SQLite allow: per step one insert of 300 bytes into a table with one index and one update, one
/// commit each, prepared statements, WAL with `synchronous = FULL`, in the same file system as the engine's store.
struct Floor {
    private let queue: DatabaseQueue
    private let payload = String(repeating: "x", count: 300)

    init(path: String) throws {
        queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.execute(
                sql: """
                    CREATE TABLE run (id INTEGER PRIMARY KEY, step INTEGER NOT NULL);
                    CREATE TABLE event (id INTEGER PRIMARY KEY, run INTEGER NOT NULL, data TEXT NOT NULL);
                    CREATE INDEX event_by_run ON event (run);
                    INSERT INTO run (id, step) VALUES (1, 0);
                    """)
        }
    }

    /// Commits `steps` steps one after the other.
    func run(steps: Int) throws {
        try queue.writeWithoutTransaction { db in
            let insert = try db.cachedStatement(sql: "INSERT INTO event (run, data) VALUES (1, ?)")
            let update = try db.cachedStatement(sql: "UPDATE run SET step = ? WHERE id = 1")
            for step in 0..<steps {
                try db.inTransaction(.immediate) {
                    try insert.execute(arguments: [payload])
                    try update.execute(arguments: [step])
                    return .commit
                }
            }
        }
    }
}
