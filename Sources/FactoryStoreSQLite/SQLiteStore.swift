public import FactoryStore
import GRDB
import Synchronization

/// The embedded store: one SQLite file in WAL mode with `synchronous = FULL`, one writer with group commit.
///
/// Reads run on connections of their own and see the last commit; they never wait for the writer.
public final class SQLiteStore: Sendable {
    let database: DatabasePool
    let queue: CommitQueue
    let statements = RunStatements()
    /// Counts what may have changed lists of pipelines.
    let listChanges = Atomic<UInt64>(0)

    /// Seconds for which a writer waits for another process's write, such as a backup's.
    static let busyTimeout = 10.0

    /// What a store is opened for.
    public enum Access: Sendable {
        /// To run pipelines; the caller holds the data folder's lock. The store is made or migrated.
        case writing
        /// To write values of people beside an engine that may be running. A store of an older format is not touched but
        /// refused, and none is made.
        case joining
        /// To look beside an engine that may be writing: nothing can be written, so that a copy that was looked at is
        /// still what it was. A store of an older format is refused.
        case reading
    }

    /// Number of the store's format that this program reads and writes.
    public static var formatNumber: Int { Migrations.files.count }

    /// Opens the store in `folder`.
    ///
    /// - Throws: ``StoreError/newer(found:known:)`` for a store of a newer program, ``StoreError/unavailable(reason:)``
    ///   for a file that cannot be opened or does not take `synchronous = FULL`.
    public convenience init(in folder: DataFolder, access: Access = .writing) throws(StoreError) {
        try self.init(
            in: folder, access: access,
            migrations: Migrations(backupPath: { "\(folder.databasePath).before-\($0 + 1)" }))
    }

    /// Opens the store and brings it to the format that `migrations` lead to.
    init(in folder: DataFolder, access: Access, migrations: Migrations) throws(StoreError) {
        do {
            if access == .writing { try folder.makeDatabaseFile() }
            var configuration = Configuration()
            configuration.foreignKeysEnabled = true
            configuration.busyMode = .timeout(Self.busyTimeout)
            configuration.label = "factory.store"
            configuration.readonly = access == .reading
            configuration.prepareDatabase { db in
                // A file can give its free pages back if it is told so before its first page.
                guard try Int.fetchOne(db, sql: "PRAGMA page_count") == 0 else { return }
                try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
            }
            database = try DatabasePool(path: folder.databasePath, configuration: configuration)
            // GRDB sets NORMAL when it opens a pool; FULL has to come after that.
            try database.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
                guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2,
                    try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal"
                else { throw StoreError.unavailable(reason: "SQLite refused WAL with synchronous = FULL") }
            }
            switch access {
            case .writing:
                try migrations.apply(to: database)
                try Self.makeShrinkable(database)
            case .joining, .reading: try migrations.check(database)
            }
        } catch { throw StoreError(error) }
        queue = CommitQueue(database: database)
    }

    /// A store that was made before it could give free pages back is rewritten, once.
    private static func makeShrinkable(_ database: DatabasePool) throws {
        try database.writeWithoutTransaction { db in
            guard try Int.fetchOne(db, sql: "PRAGMA auto_vacuum") != 2 else { return }
            try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
        }
    }

    /// The settings that durability rests on, as the writing connection has them now.
    public func settings() async throws(StoreError) -> (synchronous: Int, journal: String, foreignKeys: Bool) {
        do {
            return try await database.writeWithoutTransaction { db in
                (
                    synchronous: try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? 0,
                    journal: try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "",
                    foreignKeys: try Bool.fetchOne(db, sql: "PRAGMA foreign_keys") ?? false
                )
            }
        } catch { throw StoreError(error) }
    }

    /// Brings everything that was written into the one file, beside which no other is needed then.
    public func gather() async throws(StoreError) {
        do {
            try await database.writeWithoutTransaction { db in
                guard try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0 else {
                    throw StoreError.unavailable(reason: "another process reads it")
                }
            }
        } catch { throw StoreError(error) }
    }

    /// Closes the files; nothing can be asked of the store afterwards. Without it they are closed with the last use.
    public func close() throws(StoreError) {
        do {
            // SQLite closes no connection that has a compiled statement.
            database.writeWithoutTransaction { _ in statements.forget() }
            try database.close()
        } catch { throw StoreError(error) }
    }

    /// Runs `body` on a reading connection.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        do { return try await database.read(body) } catch { throw StoreError(error) }
    }
}
