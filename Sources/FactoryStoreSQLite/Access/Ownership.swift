import FactoryDomain
import FactoryStore
import GRDB

/// Whose the rows are: every table with a column `owner` is one of things that belong to somebody.
struct Ownership {
    /// Requests that were made under a key, and uploads, belong to who made them, and end with their day.
    static let ofTheDay: Set<String> = ["request_key", "upload"]

    /// Sums that the sums of another can be added to, and how.
    private static let sums = [
        (table: "model_use", merge: UsageSQL.mergeModelUse, forget: UsageSQL.forgetModelUse),
        (table: "run_use", merge: UsageSQL.mergeRunUse, forget: UsageSQL.forgetRunUse),
    ]

    private let tables: [(name: String, isSealed: Bool)]
    private let db: Database

    init(_ db: Database) throws {
        self.db = db
        tables = try Row.fetchAll(db.cachedStatement(sql: AccountSQL.ownedTables)).map { row in
            (row["name"], row["is_sealed"])
        }
    }

    /// How many things of each kind are `owner`'s and could be another's; kinds of which there are none are left out.
    func counts(of owner: String) throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for table in tables where !Self.ofTheDay.contains(table.name) && !table.isSealed {
            let count = try Int.fetchOne(
                db, sql: "SELECT count(*) FROM \"\(table.name)\" WHERE owner = ?", arguments: [owner])
            if let count, count > 0 { counts[table.name] = count }
        }
        return counts
    }

    /// Gives everything of `from` to `to`, who is new, with what `from` did.
    ///
    /// - Parameter sealed: what is sealed for `from`, and what it is when sealed for `to`.
    /// - Throws: ``StoreError/changed`` where something else is sealed for `from`; nothing may be kept then.
    func moveAll(from: String, to: String, _ sealed: [String: String]) throws {
        let columns = try SealedColumns(db)
        let bound = try String.fetchAll(db.cachedStatement(sql: AccountSQL.sealedForOwner), arguments: ["owner": from])
        for value in bound {
            guard let resealed = sealed[value] else { throw StoreError.changed }
            if resealed != value { try columns.replace(value, with: resealed) }
        }
        for table in tables {
            try db.execute(
                sql: "UPDATE \"\(table.name)\" SET owner = :to WHERE owner = :from",
                arguments: ["from": from, "to": to])
        }
        for table in try String.fetchAll(db.cachedStatement(sql: AccountSQL.tablesOfDoers)) {
            try db.execute(
                sql: "UPDATE \"\(table)\" SET account = :to WHERE account = :from",
                arguments: ["from": from, "to": to])
        }
        try db.execute(sql: AccountSQL.changeResolver, arguments: ["from": from, "to": to])
        try db.execute(sql: AccountSQL.changeLender, arguments: ["from": from, "to": to])
        try db.execute(sql: AccountSQL.forgetOwnShares, arguments: ["to": to])
    }

    /// Gives everything of `from` to `to`, but what is sealed for `from`: of providers the key.
    ///
    /// - Throws: ``StoreError/nameTaken(_:)`` where both have something of the same name.
    func move(from: String, to: String) throws {
        if let name = try String.fetchOne(
            db.cachedStatement(sql: AccountSQL.sameNames), arguments: ["from": from, "to": to])
        {
            throw StoreError.nameTaken(name)
        }
        for sql in [AccountSQL.forgetAllowances, AccountSQL.forgetLinkAllowances] {
            try db.execute(sql: sql, arguments: ["from": from])
        }
        for sum in Self.sums {
            try db.execute(sql: sum.merge, arguments: ["from": from, "to": to])
            try db.execute(sql: sum.forget, arguments: [from])
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
        for table in tables where table.isSealed || Self.ofTheDay.contains(table.name) {
            try db.execute(sql: "DELETE FROM \"\(table.name)\" WHERE owner = ?", arguments: [owner])
        }
        try db.execute(sql: AccountSQL.forgetProviderKeys, arguments: ["owner": owner])
        try db.execute(sql: AccountSQL.forgetShares, arguments: ["from": owner])
    }
}
