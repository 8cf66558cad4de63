import FactoryDomain
import FactoryStore
import GRDB

/// Every place in the store where sealed values stand: read from the schema, so that none is forgotten when master keys
/// are replaced.
///
/// Whoever writes a sealed value does so in a transaction that calls ``admit(_:at:in:)`` first.
struct SealedColumns {
    private struct Column {
        /// Both quoted, as statements name them.
        let table: String
        let name: String

        /// `:key` is the id of a master key; NULL for none.
        var condition: String { "\(name) IS NOT NULL AND (:key IS NULL OR substr(\(name), 3, 16) <> :key)" }
    }

    private let columns: [Column]
    private let database: Database

    init(_ db: Database) throws {
        database = db
        columns = try Row.fetchAll(db.cachedStatement(sql: SecretSQL.sealedColumns)).map { row in
            Column(table: "\"\(row["table"] as String)\"", name: "\"\(row["column"] as String)\"")
        }
    }

    /// Makes sure that what is about to be written is sealed with the store's present key.
    ///
    /// The first key that anything is sealed with becomes that key, and so does another where nothing is sealed any more.
    static func admit(_ keyID: String, at moment: Timestamp, in db: Database) throws {
        let keys = try keys(in: db)
        if keys.current == keyID { return }
        if let current = keys.current, try SealedColumns(db).count(notWith: nil) > 0 {
            throw StoreError.otherKey(current: current)
        }
        try put(keyID, as: "current", at: moment, in: db)
    }

    static func keys(in db: Database) throws -> SealingKeys {
        var keys = SealingKeys(current: nil, retiring: nil)
        for row in try Row.fetchAll(db.cachedStatement(sql: SecretSQL.sealingKeys)) {
            if row["state"] == "current" { keys.current = row["id"] } else { keys.retiring = row["id"] }
        }
        return keys
    }

    static func put(_ keyID: String, as state: String, at moment: Timestamp, in db: Database) throws {
        try db.execute(
            sql: SecretSQL.putSealingKey, arguments: ["state": state, "id": keyID, "now_ms": moment.milliseconds])
    }

    func count(notWith keyID: String?) throws -> Int {
        try columns.reduce(0) { sum, column in
            let sql = "SELECT count(*) FROM \(column.table) WHERE \(column.condition)"
            return sum + (try Int.fetchOne(database, sql: sql, arguments: ["key": keyID]) ?? 0)
        }
    }

    func values(notWith keyID: String, limit: Int) throws -> [String] {
        var values: [String] = []
        for column in columns where values.count < limit {
            let sql = "SELECT \(column.name) FROM \(column.table) WHERE \(column.condition) LIMIT :limit"
            values += try String.fetchAll(
                database, sql: sql, arguments: ["key": keyID, "limit": limit - values.count])
        }
        return values
    }

    func replace(_ old: String, with new: String) throws {
        for column in columns {
            try database.execute(
                sql: "UPDATE \(column.table) SET \(column.name) = :new WHERE \(column.name) = :old",
                arguments: ["new": new, "old": old])
        }
    }
}
