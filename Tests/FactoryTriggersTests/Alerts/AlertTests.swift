import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryNetwork
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import FactoryTriggers
import NIOCore
import NIOPosix
import Synchronization
import Testing

@Suite("An alert") struct AlertTests {
    let bench: TriggerBench

    init() throws { bench = try TriggerBench(at: "2026-05-04T08:00:00Z") }

    /// What was told live, in order.
    private final class Ear: Sendable {
        let heard = Mutex<[String]>([])
        func hear(_ notification: NotificationRecord, _ turn: Alerts.Turn) {
            heard.withLock { $0.append("\(turn.rawValue) \(notification.text)") }
        }
    }

    @Test("says once that runs fail in a row, counts while they do, and is over when one succeeds")
    func failures() async throws {
        let ear = Ear()
        let fails = Mutex(true)
        let executor = ScriptedExecutor([
            "first": { _ throws(StepFailure) in
                guard fails.withLock({ $0 }) else { return .value([:]) }
                throw StepFailure(code: "broken", message: "it broke")
            }
        ])
        try await with(executor, ear) { server, alerts in
            let alert = try await alerts.create(["kind": "failure", "failures": 2], for: bench.owner)
            try await start(4, on: server)
            try await until { try await unread(alerts).first?.count == 3 }
            let open = try #require(try await unread(alerts).first)
            #expect(open.text == "“nightly” failed 2 times in a row, latest in run 4" && open.closedAt == nil)
            #expect(open.alert == alert.id && open.run != nil)
            fails.withLock { $0 = false }
            try await start(1, on: server)
            try await until { try await unread(alerts).first?.closedAt != nil }
            fails.withLock { $0 = true }
            try await start(2, on: server)
            try await until { try await unread(alerts).count == 2 }
            try await alerts.markRead([open.id], of: bench.owner)
            #expect(try await unread(alerts).map(\.id) != [open.id])
            try await alerts.markRead(nil, of: bench.owner)
            #expect(try await unread(alerts).isEmpty)
        }
        #expect(ear.heard.withLock { $0.map { $0.prefix(12) } } == ["alert.opened", "alert.closed", "alert.opened"])
    }

    @Test("finds silence when the time has passed, once, and not after a run that began meanwhile")
    func silence() async throws {
        let ear = Ear()
        try await with(ScriptedExecutor(), ear) { server, alerts in
            _ = try await alerts.create(
                ["kind": "silence", "silence_ms": 90_000, "pipeline": "pl_nightly"], for: bench.owner)
            await bench.clock.untilSleeping(for: .seconds(60))
            bench.clock.advance(by: .seconds(60))
            await bench.clock.untilSleeping(for: .seconds(30))
            bench.clock.advance(by: .seconds(30))
            try await until { try await unread(alerts).count == 1 }
            #expect(try await unread(alerts).first?.text == "No run of “nightly” for 1 min 30 s")
            try await start(1, on: server)
            try await until { try await unread(alerts).first?.closedAt != nil }
        }
        #expect(ear.heard.withLock(\.count) == 2)
    }

    @Test("looks at the next start at what ended while nobody was there to hear, and not twice")
    func catchUp() async throws {
        let executor = ScriptedExecutor([
            "first": { _ throws(StepFailure) in throw StepFailure(code: "broken", message: "it broke") }
        ])
        try await with(executor, Ear()) { _, alerts in
            _ = try await alerts.create(["kind": "failure"], for: bench.owner)
        }
        try await bench.withServer(executor, schedules: false) { server in try await start(1, on: server) }
        for _ in 0..<2 {
            try await with(executor, Ear(), isFirst: false) { _, alerts in
                try await until { try await unread(alerts).count == 1 }
                #expect(try await unread(alerts).first?.count == 1)
            }
        }
    }

    @Test("hears nothing of runs that are neither its owner's nor of their pipelines")
    func strangers() async throws {
        let executor = ScriptedExecutor([
            "first": { _ throws(StepFailure) in throw StepFailure(code: "broken", message: "it broke") }
        ])
        try await with(executor, Ear()) { server, alerts in
            _ = try await alerts.create(["kind": "failure"], for: "stranger")
            _ = try await alerts.create(["kind": "failure"], for: bench.owner)
            try await start(1, on: server)
            try await until { try await unread(alerts).count == 1 }
            let foreign = try await alerts.notifications(of: "stranger", isUnread: false, before: nil, limit: 9)
            #expect(foreign.items.isEmpty && foreign.unread == 0)
        }
    }

    @Test(
        "is refused where it could not work",
        arguments: [
            ([:], "kind"), (["kind": "doom"], "kind"), (["kind": "duration"], "duration_ms"),
            (["kind": "duration", "duration_ms": 0], "duration_ms"),
            (["kind": "failure", "failures": 101], "failures"), (["kind": "cost", "cost_usd": "much"], "cost_usd"),
            (["kind": "silence", "silence_ms": 59_999], "silence_ms"),
            (["kind": "failure", "cost_usd": 1], "cost_usd"), (["kind": "failure", "pipeline": "x"], "pipeline"),
            (["kind": "failure", "when": 5], "when"), (["kind": "failure", "enabled": nil], "enabled"),
        ] as [(JSONObject, String)])
    func refusals(members: JSONObject, path: String) async throws {
        try await with(ScriptedExecutor(), Ear()) { _, alerts in
            do {
                _ = try await alerts.create(members, for: bench.owner)
                Issue.record("it was taken")
            } catch {
                guard case .invalid(let problems) = error as? TriggerError else { throw error }
                #expect(problems.map(\.path) == [path])
            }
        }
    }

    @Test("is one of a hundred at the most")
    func limit() async throws {
        try await with(ScriptedExecutor(), Ear()) { _, alerts in
            for _ in 0..<AlertRecord.most { _ = try await alerts.create(["kind": "failure"], for: bench.owner) }
            await #expect(throws: TriggerError.self) {
                try await alerts.create(["kind": "failure"], for: bench.owner)
            }
        }
    }

    // MARK: - The stage

    private func with(
        _ executor: ScriptedExecutor, _ ear: Ear, isFirst: Bool = true,
        _ body: (TriggerBench.Server, Alerts) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let egress = try Egress(policy: EgressPolicy(allowed: []), eventLoopGroup: group)
        let watch = RunWatch()
        let result: Result<Void, any Error>
        do {
            try await bench.withServer(executor, schedules: false, watch: watch) { server in
                if isFirst {
                    let pipeline = try await server.pipeline()
                    _ = try await server.triggers.create(
                        ["kind": "webhook", "signed": false], of: pipeline, for: bench.owner)
                }
                let ids = IDGenerator(now: { [bench] in bench.now })
                let outbox = Outbox(
                    store: server.store, egress: egress, keys: TriggerBench.keys(server.store), ids: ids,
                    now: { [bench] in bench.now }, clock: bench.clock, random: TriggerBench.random, warn: { _ in })
                let alerts = Alerts(
                    store: server.store, outbox: outbox, ids: ids, now: { [bench] in bench.now },
                    clock: bench.clock, nameOf: { id in try? await server.store.pipeline(id).name },
                    told: { ear.hear($0, $1) },
                    warn: { [bench] text in bench.warnings.withLock { $0.append(text) } })
                let looking = Task { await alerts.run(watch) }
                let outcome: Result<Void, any Error>
                do { outcome = .success(try await body(server, alerts)) } catch { outcome = .failure(error) }
                looking.cancel()
                await looking.value
                try outcome.get()
            }
            result = .success(())
        } catch { result = .failure(error) }
        await egress.shutdown()
        try await group.shutdownGracefully()
        try result.get()
        #expect(bench.warnings.withLock { $0 } == [])
    }

    /// Starts runs by the webhook, each after the end of the one before.
    private func start(_ count: Int, on server: TriggerBench.Server) async throws {
        let trigger = try #require(try await server.store.triggers(of: ID(rawValue: "pl_nightly")).first)
        let token = try #require(try await server.triggers.change(trigger, ["new_address": true]).token)
        for _ in 0..<count {
            bench.clock.advance(by: .milliseconds(5))
            _ = try await server.triggers.receive(WebhookCall(headers: [], body: []), at: token)
            try await until { try await server.runs().allSatisfy(\.status.isFinal) }
        }
    }

    private func unread(_ alerts: Alerts) async throws -> [NotificationRecord] {
        try await alerts.notifications(of: bench.owner, isUnread: true, before: nil, limit: 50).items
    }

    private func until(_ isMet: () async throws -> Bool) async throws {
        while try await !isMet() { await Task.yield() }
    }
}
