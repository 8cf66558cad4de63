import FactoryDomain
import FactoryStore
import GRDB

/// Whose the rows are: every table with a column `owner` is one of things that belong to somebody.
struct Ownership {
    /// Requests that were made under a key belong to who made them, and end with their day.
    static let ofRequests = "request_key"

    private let tables: [(name: String, isSealed: Bool)]
    private let db: Database

    init(_ db: Database) throws {
        self.db = db
        tables = try Row.fetchAll(db, sql: AccountSQL.ownedTables).map { row in (row["name"], row["is_sealed"]) }
    }

    /// How many things of each kind are `owner`'s and could be another's; kinds of which there are none are left out.
    func counts(of owner: String) throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for table in tables where table.name != Self.ofRequests && !table.isSealed {
            let count = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM \"\(table.name)\" WHERE owner = ?", arguments: [owner])
            if let count, count > 0 { counts[table.name] = count }
        }
        return counts
    }

    /// Gives everything of `from` to `to`, but what is sealed for `from`.
    ///
    /// - Throws: ``StoreError/nameTaken(_:)`` where both have something of the same name.
    func move(from: String, to: String) throws {
        if let name = try String.fetchOne(db, sql: AccountSQL.sameNames, arguments: ["from": from, "to": to]) {
            throw StoreError.nameTaken(name)
        }
        for sql in [AccountSQL.forgetAllowances, AccountSQL.forgetLinkAllowances] {
            try db.execute(sql: sql, arguments: ["from": from])
        }
        for table in tables where !table.isSealed {
            do {
                try db.execute(
                    sql: "UPDATE \"\(table.name)\" SET owner = :to WHERE owner = :from",
                    arguments: ["from": from, "to": to])
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                throw StoreError.nameTaken("of a \(table.name.replacing("_", with: " "))")
            }
        }
        try db.execute(sql: AccountSQL.forgetOwnShares, arguments: ["to": to])
    }

    /// Removes what is `owner`'s and cannot be another's.
    func forget(_ owner: String) throws {
        for table in tables where table.isSealed || table.name == Self.ofRequests {
            try db.execute(sql: "DELETE FROM \"\(table.name)\" WHERE owner = ?", arguments: [owner])
        }
        try db.execute(sql: AccountSQL.forgetShares, arguments: ["from": owner])
    }
}
