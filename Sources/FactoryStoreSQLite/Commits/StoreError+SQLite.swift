import FactoryStore
import GRDB

extension StoreError {
    /// What `error` means to a caller of the store; the engine's own errors pass through.
    init(_ error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError where error.resultCode == .SQLITE_FULL: self = .diskFull
        case let error as DatabaseError
        where error.resultCode == .SQLITE_CORRUPT || error.resultCode == .SQLITE_NOTADB:
            self = .unavailable(
                reason: "the store's file is damaged (\(error.message ?? "no reason given")): "
                    + "put a backup in its place; what can be saved: sqlite3 factory.sqlite .recover")
        case let error as DatabaseError:
            self = .unavailable(reason: "SQLite error \(error.extendedResultCode.rawValue): \(error.message ?? "none")")
        default: self = .unavailable(reason: String(describing: error))
        }
    }
}
