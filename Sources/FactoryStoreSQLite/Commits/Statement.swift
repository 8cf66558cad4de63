import GRDB
import GRDBSQLite

/// One SQL statement of the writing connection: compiled once, bound by position, run many times.
///
/// A commit consists of a dozen small statements. Binding them by name through dictionaries costs more than SQLite needs
/// to carry them out, so the hot path binds in the order of the question marks, straight to SQLite.
final class Statement {
    /// Tells SQLite to copy the text it is given (`SQLITE_TRANSIENT`, a cast that C headers cannot export).
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private let handle: OpaquePointer
    private let sql: String
    private var place: Int32 = 0
    private var failure = SQLITE_OK

    /// Compiles `sql` for the connection of `db`, with which alone it may be used.
    init(_ sql: String, in db: Database) throws {
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(db.sqliteConnection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(db.sqliteConnection)),
                sql: sql)
        }
        self.handle = handle
        self.sql = sql
    }

    deinit { sqlite3_finalize(handle) }

    /// Gives the next question mark this text; nil is NULL.
    func bind(_ text: String?) {
        guard var text else { return bindNull() }
        place += 1
        note(
            text.withUTF8 { bytes in
                // SQLite takes a missing address for NULL, and an empty text may have none.
                guard let start = bytes.baseAddress, !bytes.isEmpty else {
                    return sqlite3_bind_text(handle, place, "", 0, Self.copied)
                }
                return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                    sqlite3_bind_text(handle, place, $0, Int32(bytes.count), Self.copied)
                }
            })
    }

    /// Gives the next question mark this number; nil is NULL.
    func bind(_ number: Int64?) {
        guard let number else { return bindNull() }
        place += 1
        note(sqlite3_bind_int64(handle, place, number))
    }

    /// Gives the next question mark 1 or 0.
    func bind(_ flag: Bool) { bind(flag ? 1 : 0 as Int64) }

    /// Runs the statement with what was bound.
    ///
    /// - Returns: how many rows it changed.
    @discardableResult
    func run() throws -> Int {
        defer { rewind() }
        _ = try step()
        return Int(sqlite3_changes(sqlite3_db_handle(handle)))
    }

    /// Runs the statement and gives the integer in the first column of its only row; nil where it has none.
    func integer() throws -> Int64? {
        defer { rewind() }
        return try step() == SQLITE_ROW ? sqlite3_column_int64(handle, 0) : nil
    }

    /// Whether there is a row, or the statement is through.
    private func step() throws -> Int32 {
        precondition(place == sqlite3_bind_parameter_count(handle), "a value for every question mark")
        let code = failure == SQLITE_OK ? sqlite3_step(handle) : failure
        guard code == SQLITE_ROW || code == SQLITE_DONE else {
            let message = String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: sql)
        }
        return code
    }

    private func bindNull() {
        place += 1
        note(sqlite3_bind_null(handle, place))
    }

    private func note(_ code: Int32) { if failure == SQLITE_OK { failure = code } }

    private func rewind() {
        sqlite3_reset(handle)
        (place, failure) = (0, SQLITE_OK)
    }
}
