import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import GRDB
import Testing

@Suite("The embedded store") struct SQLiteStoreTests {
    let folder = TemporaryFolder()

    func open(_ access: SQLiteStore.Access = .writing) throws -> SQLiteStore {
        try SQLiteStore(in: DataFolder(path: folder.path), access: access)
    }

    @Test("gives back what was committed, after it was closed too")
    func durable() async throws {
        let id: ID<Run> = ID(rawValue: "run_1")
        do {
            let store = try open()
            let lease = try await store.takeOver()
            #expect(
                try await store.create(Fixture.run(id), steps: [Fixture.step("a")], first: Fixture.first(id, lease))
                    == 1)
        }
        let store = try open()
        #expect(try await store.run(id).pipeline == "demo")
        #expect(try await store.run(number: 1).id == id)
        #expect(try await store.steps(of: id).map(\.stepID) == ["a"])
        #expect(try await store.events(of: id, after: 0, limit: 10).map(\.kind) == [.runCreated])
        #expect(try await store.attempts(of: id).map(\.status) == [.running])
    }

    @Test("refuses every write under an older lease and keeps nothing of it")
    func lease() async throws {
        let store = try open()
        let old = try await store.takeOver()
        let id: ID<Run> = ID(rawValue: "run_1")
        _ = try await store.create(Fixture.run(id), steps: [Fixture.step("a")], first: Fixture.first(id, old))
        let new = try await store.takeOver()
        var commit = RunCommit(run: id, number: 1, lease: old)
        commit.events = [Fixture.event(2)]
        await #expect(throws: StoreError.self) { try await store.commit(commit) }
        #expect(try await store.lastEvent(of: id) == 1)
        commit.lease = new
        try await store.commit(commit)
        #expect(try await store.lastEvent(of: id) == 2)
    }

    @Test("settles an attempt once")
    func settlesOnce() async throws {
        let store = try open()
        let lease = try await store.takeOver()
        let id: ID<Run> = ID(rawValue: "run_1")
        _ = try await store.create(Fixture.run(id), steps: [Fixture.step("a")], first: Fixture.first(id, lease))
        var commit = RunCommit(run: id, number: 1, lease: lease)
        commit.settled = [
            AttemptSettlement(
                attempt: ID(rawValue: "att_a"), startEvent: 1, of: ID(rawValue: "sr_a"), status: .succeeded,
                finishedAt: Fixture.moment)
        ]
        try await store.commit(commit)
        await #expect(throws: StoreError.self) { try await store.commit(commit) }
    }

    @Test("gives of every run its own events and attempts, whatever place is asked for")
    func apart() async throws {
        let store = try open()
        let lease = try await store.takeOver()
        let ids = (1...3).map { ID<Run>(rawValue: "run_\($0)") }
        for id in ids {
            var step = Fixture.step("a")
            step.id = ID(rawValue: "sr_\(id)")
            var first = Fixture.first(id, lease)
            first.events = [Fixture.event(1), Fixture.event(2), Fixture.event(0xFFFF_FFFF)]
            first.started[0].stepRun = step.id
            _ = try await store.create(Fixture.run(id), steps: [step], first: first)
        }
        let unknown: ID<Run> = ID(rawValue: "run_9")
        for (id, last) in [(ids[1], 0xFFFF_FFFF as Int64), (unknown, 0)] {
            #expect(try await store.lastEvent(of: id) == last)
            for after in [Int64.min, -1, 0, 1, 2, 0xFFFF_FFFE, 0xFFFF_FFFF, 0x1_0000_0001, Int64.max] {
                let sequences = try await store.events(of: id, after: after, limit: 10).map(\.sequence)
                #expect(sequences == [1, 2, 0xFFFF_FFFF].filter { $0 > after && id != unknown }, "after \(after)")
            }
            #expect(try await store.attempts(of: id).map(\.stepRun.rawValue) == (id == unknown ? [] : ["sr_run_2"]))
        }
    }

    @Test("refuses an event without a number, one beyond those it can number, and one of a run it does not know")
    func numbers() async throws {
        let store = try open()
        let lease = try await store.takeOver()
        let id: ID<Run> = ID(rawValue: "run_1")
        _ = try await store.create(Fixture.run(id), steps: [Fixture.step("a")], first: Fixture.first(id, lease))
        var commit = RunCommit(run: id, number: 1, lease: lease)
        for sequence in [nil, -1, 0, 0x1_0000_0000] as [Int64?] {
            commit.events = [RunEvent(sequence: sequence, at: Fixture.moment, kind: .runCreated)]
            await #expect(throws: StoreError.self) { try await store.commit(commit) }
        }
        #expect(try await store.events(of: id, after: 0, limit: 10).count == 1)
        commit.run = ID(rawValue: "run_9")
        commit.events = [Fixture.event(1)]
        await #expect {
            try await store.commit(commit)
        } throws: { error in
            if case StoreError.notFound(kind: "run", id: "run_9") = error { true } else { false }
        }
    }

    @Test("keeps a commit whole or not at all")
    func atomic() async throws {
        let store = try open()
        let lease = try await store.takeOver()
        let id: ID<Run> = ID(rawValue: "run_1")
        _ = try await store.create(Fixture.run(id), steps: [Fixture.step("a")], first: Fixture.first(id, lease))
        var commit = RunCommit(run: id, number: 1, lease: lease)
        // The second event has the number of one that is there.
        commit.events = [Fixture.event(2), Fixture.event(1)]
        await #expect(throws: StoreError.self) { try await store.commit(commit) }
        #expect(try await store.lastEvent(of: id) == 1)
    }

    @Test("keeps what many write at once, and one that fails takes no other down")
    func group() async throws {
        let store = try open()
        let lease = try await store.takeOver()
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<300 {
                group.addTask {
                    let id: ID<Run> = ID(rawValue: "run_\(number)")
                    var first = RunCommit(run: id, number: 0, lease: lease)
                    first.events = number % 10 == 0 ? [Fixture.event(1), Fixture.event(1)] : [Fixture.event(1)]
                    do {
                        _ = try await store.create(Fixture.run(id), steps: [], first: first)
                        return true
                    } catch { return false }
                }
            }
            var kept = 0
            for await isKept in group where isKept { kept += 1 }
            #expect(kept == 270)
        }
        var seen: [Int64] = []
        var before: Int64?
        repeat {
            let page = try? await store.runs(RunFilter(limit: 100, before: before))
            seen += page?.runs.map(\.number) ?? []
            before = page?.next
        } while before != nil
        #expect(seen == (1...270).reversed().map { Int64($0) })
    }

    @Test("syncs every commit: WAL with synchronous = FULL, foreign keys on")
    func settings() async throws {
        let store = try open()
        let found = try await store.settings()
        #expect(found.synchronous == 2)
        #expect(found.journal == "wal")
        #expect(found.foreignKeys)
    }

    @Test("refuses a store of a newer program and leaves it as it is")
    func newer() throws {
        _ = try open()
        let queue = try DatabaseQueue(path: folder.file("factory.sqlite"))
        try queue.write { try $0.execute(sql: "PRAGMA user_version = 99") }
        #expect { try open() } throws: { error in
            if case StoreError.newer(found: 99, known: SQLiteStore.formatNumber) = error { true } else { false }
        }
        #expect(try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 99)
    }

    @Test("refuses a file that is something else")
    func foreign() throws {
        let queue = try DatabaseQueue(path: folder.file("factory.sqlite"))
        try queue.write { try $0.execute(sql: "CREATE TABLE mine (x); PRAGMA user_version = 1") }
        try queue.close()
        #expect(throws: StoreError.self) { try open() }
        folder.write("no database at all, just some text that is long enough to look at", to: "factory.sqlite")
        #expect(throws: StoreError.self) { try open() }
    }
}

@Suite("The data folder's lock") struct DataFolderTests {
    @Test("is refused to a second holder, by name, until the first is gone")
    func exclusive() throws {
        let temporary = TemporaryFolder()
        let folder = try DataFolder(path: temporary.file("a/b"))
        var first: DataFolder.Lock? = try folder.lock(as: "the first")
        #expect { try folder.lock(as: "the second") } throws: { error in
            if case StoreError.held(by: "the first") = error { true } else { false }
        }
        withExtendedLifetime(first) {}
        first = nil
        _ = try folder.lock(as: "the second")
    }

    @Test("takes a path from the current folder, and makes the folders on the way")
    func relative() throws {
        let temporary = TemporaryFolder()
        let up = String(repeating: "../", count: 40)
        let folder = try DataFolder(path: "\(up)\(temporary.path.dropFirst())/a/b")
        temporary.write("here", to: "a/b/file")
        #expect(!folder.hasStore)
        #expect(DataFolder(holdingStoreAt: folder.path) == nil)
    }

    @Test("says what is wrong with a folder that cannot be used")
    func unusable() throws {
        let temporary = TemporaryFolder()
        temporary.write("a file", to: "file")
        #expect(throws: StoreError.self) { try DataFolder(path: temporary.file("file/data")) }
    }
}

private enum Fixture {
    static let moment = Timestamp(milliseconds: 1_700_000_000_000)

    static func run(_ id: ID<Run>) -> RunRecord {
        RunRecord(
            id: id, number: 0, pipeline: "demo", document: ["name": "demo"], status: .running, trigger: "manual",
            inputs: .inline([:]), workspace: "/tmp", createdAt: moment)
    }

    static func step(_ id: String) -> StepRunRecord {
        StepRunRecord(id: ID(rawValue: "sr_\(id)"), path: id, stepID: id, type: "transform", position: 0)
    }

    static func event(_ sequence: Int64) -> RunEvent { RunEvent(sequence: sequence, at: moment, kind: .runCreated) }

    static func first(_ id: ID<Run>, _ lease: LeaseToken) -> RunCommit {
        var commit = RunCommit(run: id, number: 0, lease: lease)
        commit.events = [event(1)]
        commit.started = [
            AttemptRecord(
                id: ID(rawValue: "att_a"), stepRun: ID(rawValue: "sr_a"), number: 1, startEvent: 1,
                status: .running, startedAt: moment)
        ]
        return commit
    }
}
