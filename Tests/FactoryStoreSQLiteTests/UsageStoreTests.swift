import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryTestKit
import GRDB
import Testing

@testable import FactoryStoreSQLite

@Suite("The account of usage") struct UsageStoreTests {
    private static let day = ModelUseFigures.dayMilliseconds
    private let folder = TemporaryFolder()
    private let store: SQLiteStore

    init() throws { store = try SQLiteStore(in: DataFolder(path: folder.path)) }

    /// A run that took `duration` and ended on `day`, with a step that took as long.
    private func end(
        _ number: Int, owner: String = "ada", pipeline: String = "p", day: Int64 = 100, duration: Int64 = 1_000,
        status: RunStatus = .succeeded, uses: [Usage] = []
    ) async throws {
        let lease = try await store.takeOver()
        let finished = Timestamp(milliseconds: day * Self.day + 10_000_000 + Int64(number))
        let started = Timestamp(milliseconds: finished.milliseconds - duration)
        let id: ID<Run> = ID(rawValue: "run_\(number)")
        var run = RunRecord(
            id: id, number: 0, owner: owner, pipeline: pipeline, document: [:], status: .running, trigger: "manual",
            inputs: .inline([:]), workspace: "/w", createdAt: started, startedAt: started)
        var step = StepRunRecord(
            id: ID(rawValue: "sr_\(number)"), path: "ask", stepID: "ask", type: "prompt", position: 0)
        let given = try await store.create(run, steps: [step], first: RunCommit(run: id, number: 0, lease: lease))
        (run.status, run.finishedAt) = (status, finished)
        (step.status, step.startedAt, step.finishedAt) = (status == .failed ? .failed : .succeeded, started, finished)
        var last = RunCommit(run: id, number: given, lease: lease)
        last.runState = RunState(run)
        last.steps = [step]
        last.modelUse = uses.map { ModelUse($0, at: finished) }
        try await store.commit(last)
    }

    @Test("adds up calls by day, model and pipeline, and tells which had no price or no counts")
    func calls() async throws {
        let priced = Usage(calls: 1, inputTokens: 10, outputTokens: 4, costUSD: 0.5, model: "m/a")
        let unpriced = Usage(calls: 2, inputTokens: 1, outputTokens: 1, costUSD: nil, model: "m/a")
        let uncounted = Usage(calls: 1, inputTokens: nil, outputTokens: nil, costUSD: nil, model: "m/b")
        try await end(1, uses: [priced, unpriced])
        try await end(2, uses: [priced])
        try await end(3, owner: "eve", uses: [priced])
        try await end(4, day: 101, uses: [uncounted])
        let use = try await store.modelUse(UsageFilter(owner: "ada"))
        #expect(use.map(\.day) == [101, 100])
        #expect(use[0].model == "m/b")
        #expect(use[0].sums == CallSums(calls: 1, callsWithoutPrice: 1, callsWithoutCounts: 1))
        #expect(
            use[1].sums
                == CallSums(calls: 4, callsWithoutPrice: 2, inputTokens: 21, outputTokens: 9, costUSD: 1))
        #expect(use[1].pipeline == UsagePipeline(id: nil, name: "p"))
        #expect(try await store.modelUse(UsageFilter()).reduce(0) { $0 + $1.sums.calls } == 6)
        let until = Timestamp(milliseconds: 101 * Self.day)
        #expect(try await store.modelUse(UsageFilter(owner: "ada", until: until)).map(\.day) == [100])
        #expect(try await store.modelUse(UsageFilter(since: until)).map(\.day) == [101])
        #expect(try await store.modelUse(UsageFilter(pipeline: "other")).isEmpty)
    }

    @Test("tells how runs went, and how long those took that succeeded")
    func runs() async throws {
        for number in 1...4 { try await end(number, duration: Int64(number) * 1_000) }
        try await end(5, day: 101, duration: 9, status: .failed)
        try await end(6, pipeline: "q", day: 101, status: .cancelled)
        try await end(7, owner: "eve", pipeline: "q")
        let figures = try await store.runFigures(UsageFilter(owner: "ada"))
        #expect(figures.outcomes.ended == 6)
        #expect(figures.outcomes.successRate == 4.0 / 6)
        #expect(figures.durations.p50 == 2_000)
        #expect(figures.durations.p95 == 4_000)
        #expect(figures.days.map(\.day) == [100, 101])
        #expect(figures.days[1].outcomes.failed == 1)
        #expect(figures.pipelines.map(\.pipeline.name) == ["p", "q"])
        #expect(figures.pipelines[0].durations.estimate == 2_000)
        #expect(figures.pipelines[1].durations.p50 == nil)
        #expect(figures.pipelines[1].durations.estimate == nil)
        #expect(try await store.runFigures(UsageFilter(owner: "nobody")).outcomes.successRate == nil)
    }

    @Test("estimates nothing from fewer than three runs")
    func estimate() {
        #expect(RunFigures.Durations(counts: [5: 1, 7: 1]).estimate == nil)
        #expect(RunFigures.Durations(counts: [5: 1, 9: 1, 7: 1]).estimate == 7)
        let many = RunFigures.Durations(counts: [1: 94, 2: 1, 3: 5])
        #expect((many.count, many.p50, many.p95) == (100, 1, 2))
    }

    @Test("counts a run that went on as it ended at last, on that day alone")
    func wentOn() async throws {
        try await end(1, duration: 5_000, status: .failed)
        try await end(2, duration: 7_000)
        let lease = try await store.takeOver()
        var run = try await store.run(ID(rawValue: "run_1"))
        func keep(_ status: RunStatus, _ finished: Timestamp?) async throws {
            (run.status, run.finishedAt) = (status, finished)
            var commit = RunCommit(run: run.id, number: run.number, lease: lease)
            commit.runState = RunState(run)
            try await store.commit(commit)
        }
        let failed = try #require(run.finishedAt)
        try await keep(.running, nil)
        #expect(try await store.runFigures(UsageFilter()).outcomes.ended == 1)
        try await keep(.succeeded, failed.adding(.seconds(86_400)))
        // Settling its change set writes its state again.
        try await keep(.succeeded, failed.adding(.seconds(86_400)))
        let figures = try await store.runFigures(UsageFilter())
        #expect(figures.days.map(\.day) == [100, 101])
        #expect(figures.days.map(\.outcomes.succeeded) == [1, 1])
        #expect(figures.outcomes.failed == 0)
        #expect(figures.durations.count == 2)
        // 86,405,000 ms, as near as durations of this size are kept.
        #expect(figures.durations.p95 == 86_000_000)
        #expect(figures.durations.p50 == 7_000)
    }

    @Test("keeps durations to within 1.25 percent, and those under 100 ms as they are")
    func buckets() async throws {
        for (place, duration) in [0, 1, 99, 101, 199, 201, 499, 777, 12_345, 7_654_321, 987_654_321].enumerated() {
            try await end(place + 1, pipeline: "p\(duration)", duration: Int64(duration))
        }
        for figures in try await store.runFigures(UsageFilter()).pipelines {
            let took = try #require(Double(figures.pipeline.name.dropFirst()))
            let kept = Double(try #require(figures.durations.p50))
            #expect(took < 100 ? kept == took : abs(kept - took) <= took * 0.0125, "\(took) \(kept)")
        }
    }

    @Test("counts the runs of a store from before as they are counted when they end")
    func migrates() async throws {
        for number in 1...40 {
            try await end(
                number, pipeline: "p\(number % 3)", day: Int64(100 + number % 2), duration: Int64(number * number * 7),
                status: number % 7 == 0 ? .failed : number % 11 == 0 ? .cancelled : .succeeded)
        }
        let counted = try await store.runFigures(UsageFilter())
        let before = try await store.database.read { db in try String.fetchAll(db, sql: Self.rows) }
        let sql = try Migrations.asset("sql/0017_usage.sql")
        try await store.database.write { db in
            try db.execute(sql: "DROP TABLE run_use")
            try db.execute(sql: sql)
        }
        #expect(try await store.runFigures(UsageFilter()) == counted)
        #expect(try await store.database.read { db in try String.fetchAll(db, sql: Self.rows) } == before)
    }

    /// Every row, with its durations in order.
    private static let rows = """
        SELECT json_array(day, owner, pipeline, pipeline_id, succeeded, failed, cancelled,
            (SELECT group_concat(key || ':' || value, ' ') FROM (SELECT * FROM json_each(durations) ORDER BY key + 0)))
        FROM run_use ORDER BY day, owner, pipeline, pipeline_id
        """

    @Test("adds the sums of one owner to those of another")
    func heirs() async throws {
        let priced = Usage(calls: 1, inputTokens: 10, outputTokens: 4, costUSD: 0.5, model: "m/a")
        try await end(1, duration: 1_000, uses: [priced])
        try await end(2, owner: "eve", duration: 1_000, uses: [priced])
        try await end(3, owner: "eve", duration: 3_000, uses: [priced])
        try await store.database.write { db in try Ownership(db).move(from: "eve", to: "ada") }
        #expect(try await store.modelUse(UsageFilter(owner: "ada")).map(\.sums.calls) == [3])
        let figures = try await store.runFigures(UsageFilter(owner: "ada"))
        #expect(figures.outcomes.succeeded == 3)
        #expect((figures.durations.count, figures.durations.p50, figures.durations.p95) == (3, 1_000, 3_000))
        #expect(try await store.runFigures(UsageFilter(owner: "eve")).outcomes.ended == 0)
    }

    @Test("tells which steps of the latest runs are slow and which fail")
    func steps() async throws {
        try await end(1, duration: 90_000)
        try await end(2, duration: 1_000, status: .failed)
        try await end(3, duration: 3_000)
        let latest = try await store.stepFigures(UsageFilter(owner: "ada"), ofLatest: 2)
        #expect(
            latest
                == StepSample(
                    runs: 2,
                    steps: [
                        StepFigures(
                            pipeline: UsagePipeline(id: nil, name: "p"), step: "ask", type: "prompt", runs: 2,
                            failures: 1, meanDuration: 2_000)
                    ]))
    }

    @Test("keeps what runs used when they are let go")
    func outlives() async throws {
        try await end(1, uses: [Usage(calls: 1, inputTokens: 1, outputTokens: 1, costUSD: 1, model: "m/a")])
        try await store.database.write { db in try db.execute(sql: "DELETE FROM run") }
        #expect(try await store.modelUse(UsageFilter()).count == 1)
        #expect(try await store.runFigures(UsageFilter()).outcomes.ended == 1)
        #expect(try await store.stepFigures(UsageFilter(), ofLatest: 9).runs == 0)
    }

    @Test("reads days in order, and looks at no run for them", arguments: [nil, "ada"])
    func plans(owner: String?) throws {
        let none: String? = nil
        let arguments: StatementArguments = [
            "first_day": 0, "last_day": Int64.max, "owner": owner, "pipeline_id": none, "pipeline": none,
        ]
        let plan = try store.database.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(UsageSQL.runs)", arguments: arguments)
                .map { $0["detail"] as String }
        }
        #expect(plan == ["SEARCH run_use USING PRIMARY KEY (day>? AND day<?)"], "\(plan)")
    }
}
