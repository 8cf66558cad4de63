import Dispatch
import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryTestKit
import GRDB
import Glibc
import Synchronization
import Testing

@testable import FactoryStoreSQLite

@Suite("The commit queue") struct CommitQueueTests {
    let folder = TemporaryFolder()

    @Test("puts what waits into one transaction, at most 128 requests at a time, in order")
    func batches() async throws {
        let database = try DatabasePool(path: folder.file("db.sqlite"))
        // The first request holds its thread up: it must be none of the pool's.
        let queue = CommitQueue(database: database, processors: 1)
        let ledger = Ledger()
        try await database.writeWithoutTransaction { $0.add(transactionObserver: ledger, extent: .databaseLifetime) }
        let total = 400
        let (isInside, mayGoOn) = (Signal(), DispatchSemaphore(value: 0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await queue.submit { db in
                    isInside.fire()
                    mayGoOn.wait()
                    try ledger.note(in: db)
                }
            }
            // From here on everything has to wait for the first.
            await isInside.wait()
            for _ in 0..<total {
                group.addTask {
                    if ledger.arrive() == total { mayGoOn.signal() }
                    try await queue.submit { db in try ledger.note(in: db) }
                }
            }
            try await group.waitForAll()
        }
        #expect(ledger.sizes.reduce(0, +) == total + 1)
        #expect(ledger.sizes.max() == CommitQueue.batchLimit)
        #expect(ledger.sizes.count < 20)
    }

    @Test("carries out what need not wait on the calling thread, unless there is one processor", arguments: [1, 2])
    func threads(processors: Int) async throws {
        let queue = CommitQueue(database: try DatabasePool(path: folder.file("db.sqlite")), processors: processors)
        let worker = Mutex<pthread_t?>(nil)
        let caller = pthread_self()
        try await queue.submit { _ in worker.withLock { $0 = pthread_self() } }
        #expect((worker.withLock { $0 } == caller) == (processors > 1))
    }

    @Test("lets another engine take over while commits keep coming")
    func takeOver() async throws {
        let store = try SQLiteStore(in: DataFolder(path: folder.path))
        let lease = try await store.takeOver()
        let id: ID<Run> = ID(rawValue: "run_1")
        let run = RunRecord(
            id: id, number: 0, pipeline: "demo", document: [:], status: .running, trigger: "manual",
            inputs: .inline([:]), workspace: "/tmp", createdAt: Timestamp(milliseconds: 1_700_000_000_000))
        _ = try await store.create(run, steps: [], first: RunCommit(run: id, number: 0, lease: lease))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    // Ends when the lease is stale: never, if the takeover does not get its turn.
                    do {
                        let commit = RunCommit(run: id, number: 1, lease: lease)
                        while true { try await store.commit(commit) }
                    } catch StoreError.staleLease {}
                }
            }
            group.addTask {
                let next = try await store.takeOver()
                #expect(next.rawValue == lease.rawValue + 1)
            }
            try await group.waitForAll()
        }
    }

    @Test("keeps nothing of a transaction for which the disk has no room, says so, and goes on when there is some")
    func diskFull() async throws {
        let store = try SQLiteStore(in: DataFolder(path: folder.path))
        let lease = try await store.takeOver()
        let id: ID<Run> = ID(rawValue: "run_1")
        let moment = Timestamp(milliseconds: 1_700_000_000_000)
        let run = RunRecord(
            id: id, number: 0, pipeline: "demo", document: [:], status: .running, trigger: "manual",
            inputs: .inline([:]), workspace: "/tmp", createdAt: moment)
        _ = try await store.create(run, steps: [], first: RunCommit(run: id, number: 0, lease: lease))
        let pages = try await store.database.writeWithoutTransaction { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            return try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages)") ?? 0
        }
        var commit = RunCommit(run: id, number: 1, lease: lease)
        commit.events = (1...64).map { number in
            RunEvent(
                sequence: number, at: moment, kind: .warning,
                data: ["text": .string(String(repeating: "x", count: 4096))])
        }
        let large = commit
        await #expect {
            try await store.commit(large)
        } throws: { error in
            if case StoreError.diskFull = error { true } else { false }
        }
        #expect(try await store.lastEvent(of: id) == 0)
        #expect(StoreError.diskFull.description.contains("nothing was lost"))
        _ = try await store.database.writeWithoutTransaction { db in
            try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages + 1_000)")
        }
        try await store.commit(large)
        #expect(try await store.lastEvent(of: id) == 64)
    }
}

/// How many requests each transaction held. Touched on the writer's queue only, and read when it rests.
private final class Ledger: TransactionObserver, @unchecked Sendable {
    private(set) var sizes: [Int] = []
    private var open = 0
    private let arrived = Mutex(0)

    /// Counts one more on its way to the queue.
    func arrive() -> Int {
        arrived.withLock { arrived in
            arrived += 1
            return arrived
        }
    }

    func note(in db: Database) throws {
        try db.execute(sql: "CREATE TABLE IF NOT EXISTS mark (x)")
        try db.execute(sql: "INSERT INTO mark VALUES (1)")
        open += 1
    }

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseDidCommit(_ db: Database) {
        if open > 0 { sizes.append(open) }
        open = 0
    }
    func databaseDidRollback(_ db: Database) { open = 0 }
}
