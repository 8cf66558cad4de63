import FactoryStore
import GRDB
import Glibc
import Synchronization

/// Group commit: whatever was asked for while the last transaction reached the disk goes into the next one.
///
/// No timer and no polling: with one caller every request is its own transaction, at once; with many, one sync pays
/// for up to ``batchLimit`` of them. One that fails takes no other down: the transaction is then made anew with a
/// savepoint for each request, which nobody pays for otherwise (inside a savepoint SQLite copies every page it changes).
/// A caller resumes when its bytes are on the disk (`synchronous = FULL`). Between two transactions the writing
/// connection is free for whoever else waits for it.
///
/// A request that finds nothing to wait for is carried out on the thread that brings it: handing it to another thread
/// and back takes as long as half a sync. So at most one thread of the pool waits for the disk; on a machine with one
/// processor none does, or nothing could queue up meanwhile.
final class CommitQueue: Sendable {
    /// Requests in one transaction at the most; beyond it the waiting time grows and the throughput no longer does.
    static let batchLimit = 128

    /// What a request writes. It may be called twice, the first time in vain.
    typealias Work = @Sendable (Database) throws -> Void

    private struct Request {
        let work: Work
        let continuation: CheckedContinuation<(any Error)?, Never>
    }

    private struct State {
        var requests: [Request] = []
        var isDraining = false
    }

    private let state = Mutex(State())
    private let database: DatabasePool
    private let commitsOnCallingThread: Bool

    init(database: DatabasePool, processors: Int = sysconf(Int32(_SC_NPROCESSORS_ONLN))) {
        self.database = database
        commitsOnCallingThread = processors > 1
    }

    /// Runs `work` in a transaction and returns when it is on the disk, or throws what `work` or the commit threw.
    func submit(_ work: @escaping Work) async throws(StoreError) {
        let failure = await withCheckedContinuation { continuation in
            let startsDraining = state.withLock { state in
                state.requests.append(Request(work: work, continuation: continuation))
                defer { state.isDraining = true }
                return !state.isDraining
            }
            guard startsDraining else { return }
            if commitsOnCallingThread {
                database.writeWithoutTransaction { db in drain(db) }
            } else {
                database.asyncWriteWithoutTransaction { [self] db in drain(db) }
            }
        }
        if let failure { throw StoreError(failure) }
    }

    /// Commits one batch, and comes back for the next after whoever else waits for the connection.
    private func drain(_ db: Database) {
        let batch = nextBatch()
        let failures = commit(batch, in: db)
        for (place, request) in batch.enumerated() { request.continuation.resume(returning: failures[place]) }
        let isDone = state.withLock { state in
            state.isDraining = !state.requests.isEmpty
            return !state.isDraining
        }
        if !isDone { database.asyncWriteWithoutTransaction { [self] db in drain(db) } }
    }

    private func nextBatch() -> [Request] {
        state.withLock { state in
            guard state.requests.count > Self.batchLimit else {
                defer { state.requests = [] }
                return state.requests
            }
            defer { state.requests.removeFirst(Self.batchLimit) }
            return Array(state.requests.prefix(Self.batchLimit))
        }
    }

    /// What went wrong with each request; nil where all is on the disk.
    private func commit(_ batch: [Request], in db: Database) -> [(any Error)?] {
        do {
            try db.cachedStatement(sql: "BEGIN IMMEDIATE TRANSACTION").execute()
            for request in batch { try request.work(db) }
            try db.cachedStatement(sql: "COMMIT TRANSACTION").execute()
            return Array(repeating: nil, count: batch.count)
        } catch {
            // A failed write may have ended the transaction already; if this fails too, beginning the next one tells.
            if db.isInsideTransaction { try? db.rollback() }
            return batch.count == 1 ? [error] : commitApart(batch, in: db)
        }
    }

    /// As ``commit(_:in:)``, with a savepoint for each request.
    private func commitApart(_ batch: [Request], in db: Database) -> [(any Error)?] {
        var failures = [(any Error)?](repeating: nil, count: batch.count)
        do {
            try db.inTransaction(.immediate) {
                for (place, request) in batch.enumerated() { failures[place] = try failure(of: request, in: db) }
                return .commit
            }
        } catch {
            for place in batch.indices where failures[place] == nil { failures[place] = error }
        }
        return failures
    }

    /// Runs one request of several in a savepoint. Throws only when the whole transaction is lost.
    private func failure(of request: Request, in db: Database) throws -> (any Error)? {
        do {
            try db.inSavepoint {
                try request.work(db)
                return .commit
            }
            return nil
        } catch {
            if !db.isInsideTransaction { throw error }
            return error
        }
    }
}
