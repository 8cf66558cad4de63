import CAssets
import FactoryStore
import GRDB
import Glibc

/// Brings a store to the format this program knows, one numbered SQL file after the other.
///
/// The format's number is `PRAGMA user_version`. A newer store is refused; an older one is copied to
/// `factory.sqlite.before-N` first, and stays as it is where that copy cannot be made. A new store is made in one
/// transaction.
struct Migrations {
    /// The files, in order: the place in the list plus one is the format's number. Shipped files never change.
    static let files = [
        "sql/0001_initial.sql", "sql/0002_lean_commits.sql", "sql/0003_pause_and_lists.sql",
        "sql/0004_retention.sql", "sql/0005_pipelines.sql", "sql/0006_access.sql", "sql/0007_pipelines.sql",
        "sql/0008_secrets.sql", "sql/0009_providers.sql", "sql/0010_triggers.sql",
        "sql/0011_recordings_and_templates.sql", "sql/0012_webhooks.sql", "sql/0013_alerts.sql",
        "sql/0014_appended_rows.sql", "sql/0015_uploads.sql", "sql/0016_alone.sql", "sql/0017_usage.sql",
        "sql/0018_lending.sql", "sql/0019_forks.sql",
    ]

    /// `application_id` of our files: "CdFc".
    static let applicationID: Int32 = 0x4364_4663

    /// Where the copy of an older store goes.
    let backupPath: @Sendable (_ from: Int) -> String
    var files = Self.files
    /// Gives the text of a file.
    var text: @Sendable (_ file: String) throws -> String = { try Self.asset($0) }

    func apply(to database: DatabasePool) throws {
        let found = try version(of: database)
        guard found < files.count else { return }
        if found > 0 { try backUp(database, to: backupPath(found)) }
        try database.write { db in
            for file in files.dropFirst(found) { try db.execute(sql: try text(file)) }
            try db.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
            try db.execute(sql: "PRAGMA user_version = \(files.count)")
        }
    }

    /// Refuses a store that has not this program's format, and changes nothing.
    func check(_ database: DatabasePool) throws {
        let found = try version(of: database)
        guard found == files.count else {
            throw StoreError.unavailable(
                reason: "the store has the older format \(found); any `factory run` brings it up to date")
        }
    }

    /// The format of the store, 0 for an empty file.
    private func version(of database: DatabasePool) throws -> Int {
        let found = try database.read { db in
            (
                version: try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0,
                application: try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
                tables: try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            )
        }
        let isEmpty = found.application == 0 && found.version == 0 && found.tables == 0
        guard isEmpty || found.application == Self.applicationID else {
            throw StoreError.unavailable(reason: "the file is not a store of Code Factory")
        }
        guard found.version <= files.count else {
            throw StoreError.newer(found: found.version, known: files.count)
        }
        return found.version
    }

    /// Copies the store, with what its WAL holds, to a file for its owner alone, and looks whether the copy is whole.
    private func backUp(_ database: DatabasePool, to path: String) throws {
        do {
            try StoreCopy(path: path).make(from: database)
        } catch {
            let reason = StoreError(error)
            if case .diskFull = reason { throw reason }
            throw StoreError.unavailable(
                reason: "the store must be copied before it is brought up to date, and cannot be: \(reason)")
        }
    }

    static func asset(_ file: String) throws -> String {
        var size = 0
        guard let bytes = factory_asset(file, &size) else {
            throw StoreError.unavailable(reason: "the program lacks its migration \(file)")
        }
        return String(decoding: UnsafeBufferPointer(start: bytes, count: size), as: UTF8.self)
    }
}
