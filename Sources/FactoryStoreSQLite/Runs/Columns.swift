import FactoryDomain
import FactoryJSON
import FactoryStore
import GRDB

/// A ``StoredValue`` as its two columns: JSON text, and whether that text is the address of a blob.
struct StoredColumn {
    let text: String
    let isBlob: Bool

    init(_ value: StoredValue) {
        text = value.json.serialized()
        if case .blob = value { isBlob = true } else { isBlob = false }
    }

    static func value(of row: Row, _ column: String) throws -> StoredValue? {
        guard let text: String = row[column] else { return nil }
        let json = try JSON(column: text)
        guard row["\(column)_is_blob"] as Bool else { return .inline(json) }
        guard let hash = json["blob"]?.stringValue, let size = json["size"]?.intValue,
            let preview = json["preview"]?.stringValue
        else { throw StoreError.unavailable(reason: "a stored value has no readable address") }
        return .blob(ContentHash(rawValue: hash), sizeBytes: size, preview: preview)
    }
}

/// A ``FileChange/Action`` as its three columns.
struct ChangeColumns {
    let action: String
    let hash: String?
    let size: Int64?

    init(_ action: FileChange.Action) {
        switch action {
        case .write(let content, let bytes): (self.action, hash, size) = ("write", content.rawValue, bytes)
        case .append(let content, let bytes): (self.action, hash, size) = ("append", content.rawValue, bytes)
        case .delete: (self.action, hash, size) = ("delete", nil, nil)
        }
    }

    static func action(of row: Row) throws -> FileChange.Action {
        let hash = (row["content_hash"] as String?).map(ContentHash.init(rawValue:))
        let size = row["size"] as Int64?
        switch (row["action"] as String, hash, size) {
        case ("write", let hash?, let size?): return .write(hash, size: size)
        case ("append", let hash?, let size?): return .append(hash, size: size)
        case ("delete", _, _): return .delete
        default: throw StoreError.unavailable(reason: "a stored file change is not readable")
        }
    }
}

extension JSON {
    /// The JSON in a column.
    init(column text: String) throws {
        do { self = try JSON(parsing: text) } catch {
            throw StoreError.unavailable(reason: "a stored value is not JSON: \(error.message)")
        }
    }
}

extension Row {
    /// The value of an enum column.
    func state<State: RawRepresentable<String>>(_ column: String) throws -> State {
        let text: String = self[column]
        guard let state = State(rawValue: text) else {
            throw StoreError.unavailable(reason: "\(column) \"\(text)\" is not known")
        }
        return state
    }

    /// The value of a column of milliseconds.
    func moment(_ column: String) -> Timestamp? { (self[column] as Int64?).map(Timestamp.init(milliseconds:)) }

    /// The value of an error column.
    func failure(_ column: String) throws -> StepFailure? {
        guard let text: String = self[column] else { return nil }
        return StepFailure(json: try JSON(column: text))
    }
}
