import FactoryStore
import GRDB
import Synchronization

/// Group commit: whatever was asked for while the last transaction reached the disk goes into the next one.
///
/// No timer and no polling: with one caller every request is its own transaction, at once; with many, one sync pays
/// for up to ``batchLimit`` of them. Each request stands in a savepoint of its own, so one that fails takes no other
/// down. A caller resumes when its bytes are on the disk (`synchronous = FULL`).
final class CommitQueue: Sendable {
    /// Requests in one transaction at the most; beyond it the waiting time grows and the throughput no longer does.
    static let batchLimit = 128

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

    init(database: DatabasePool) { self.database = database }

    /// Runs `work` in a transaction and returns when it is on the disk, or throws what `work` or the commit threw.
    func submit(_ work: @escaping Work) async throws(StoreError) {
        let failure = await withCheckedContinuation { continuation in
            let startsDraining = state.withLock { state in
                state.requests.append(Request(work: work, continuation: continuation))
                defer { state.isDraining = true }
                return !state.isDraining
            }
            if startsDraining {
                database.asyncWriteWithoutTransaction { [self] db in drain(db) }
            }
        }
        if let failure { throw StoreError(failure) }
    }

    private func drain(_ db: Database) {
        while let batch = nextBatch() {
            let failures = commit(batch, in: db)
            for (request, failure) in zip(batch, failures) { request.continuation.resume(returning: failure) }
        }
    }

    private func nextBatch() -> [Request]? {
        state.withLock { state in
            guard !state.requests.isEmpty else {
                state.isDraining = false
                return nil
            }
            let batch = Array(state.requests.prefix(Self.batchLimit))
            state.requests.removeFirst(batch.count)
            return batch
        }
    }

    /// What went wrong with each request; nil where all is on the disk.
    private func commit(_ batch: [Request], in db: Database) -> [(any Error)?] {
        var failures = [(any Error)?](repeating: nil, count: batch.count)
        do {
            try db.inTransaction(.immediate) {
                if batch.count == 1 {
                    try batch[0].work(db)
                } else {
                    for (place, request) in batch.enumerated() {
                        failures[place] = try failure(of: request, in: db)
                    }
                }
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
