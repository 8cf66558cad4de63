public import FactoryDomain
public import FactoryStore
import GRDB
import Synchronization

extension SQLiteStore: RequestKeyStore {
    /// Takes a key, or gives the request that has it.
    public func take(_ key: RequestKey, expiry: Timestamp) async throws(StoreError) -> RequestKey? {
        let holder = Mutex<RequestKey?>(nil)
        try await queue.submit { db in
            try db.execute(sql: RequestKeySQL.expireKeys, arguments: ["expiry": expiry.milliseconds])
            try db.execute(
                sql: RequestKeySQL.takeKey,
                arguments: [
                    "owner": key.owner, "key": key.key, "fingerprint": key.request.rawValue,
                    "resource": key.resource, "created_ms": key.createdAt.milliseconds,
                ])
            guard db.changesCount == 0 else { return }
            let found = try Row.fetchOne(
                db.cachedStatement(sql: RequestKeySQL.key), arguments: ["owner": key.owner, "key": key.key])
            let known = found.map { row in
                RequestKey(
                    owner: row["owner"], key: row["key"], request: ContentHash(rawValue: row["fingerprint"]),
                    resource: row["resource"], createdAt: Timestamp(milliseconds: row["created_ms"]),
                    answer: row["answer"])
            }
            holder.withLock { $0 = known }
        }
        return holder.withLock { $0 }
    }

    /// Keeps the answer to the request that took `key`.
    public func answer(_ key: RequestKey) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(
                sql: RequestKeySQL.answerKey, arguments: ["owner": key.owner, "key": key.key, "answer": key.answer])
        }
    }

    /// Gives up `key`.
    public func release(_ key: RequestKey) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(sql: RequestKeySQL.releaseKey, arguments: ["owner": key.owner, "key": key.key])
        }
    }
}
