import FactoryDomain
import FactoryEngine
import FactoryExpressions
import FactoryJSON
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import FactoryTriggers
import Synchronization
import Testing

@Suite("The scheduler") struct SchedulerTests {
    @Test("gives a run the trigger's inputs and tells it what set it off")
    func values() async throws {
        let bench = try TriggerBench(at: "2026-05-04T07:59:00Z")
        let executor = ScriptedExecutor(["first": { work in .value(["trigger": work.scope["trigger"] ?? .null]) }])
        let trigger = try await bench.withServer(schedules: false) { server in
            let pipeline = try await server.pipeline(inputs: "inputs: {city: {type: string}}\n")
            return try await server.schedule(
                ["cron": "0 10 * * *", "timezone": "+02:00", "inputs": ["city": "Ulm"]], of: pipeline)
        }
        #expect(trigger.nextFireAt?.description == "2026-05-04T08:00:00.000Z")
        try await bench.withServer(executor) { server in
            await server.untilIdle()
            _ = try await server.advanceToNextFire()
        }
        try await bench.withServer(schedules: false) { server in
            let run = try #require(try await server.runs().first)
            let whole = try await server.store.run(run.id)
            #expect(whole.inputs.json == ["city": "Ulm"])
            let output = try #require(try await server.store.steps(of: run.id).first?.output?.json)
            #expect(
                output == [
                    "trigger": [
                        "kind": "schedule", "id": .string(trigger.id.rawValue), "due_at": "2026-05-04T08:00:00.000Z",
                        "fired_at": "2026-05-04T08:00:00.000Z", "timezone": "+02:00",
                    ]
                ])
            #expect(whole.triggerValue?.json == output["trigger"])
        }
    }

    @Test(
        "makes up for what was due while nobody was there as the trigger says",
        arguments: [
            ("none", 1, [] as [String], true), ("last", 1, ["2026-05-04T11:00:00.000Z"], true),
            ("all", 2, ["2026-05-04T10:00:00.000Z", "2026-05-04T11:00:00.000Z"], true),
            (
                "all", 50,
                [
                    "2026-05-04T08:00:00.000Z", "2026-05-04T09:00:00.000Z", "2026-05-04T10:00:00.000Z",
                    "2026-05-04T11:00:00.000Z",
                ], false
            ),
        ])
    func catchUp(policy: String, limit: Int, made: [String], leavesOut: Bool) async throws {
        let bench = try TriggerBench(at: "2026-05-04T07:30:00Z")
        let trigger = try await bench.withServer(schedules: false) { server in
            try await server.schedule(
                ["cron": "0 * * * *", "catch_up": .string(policy), "catch_up_limit": .int(Int64(limit))],
                of: try await server.pipeline())
        }
        bench.clock.advance(by: .seconds(4 * 3_600))
        try await bench.withServer { server in
            await server.untilIdle()
            let deliveries = try await server.deliveries(of: trigger)
            #expect(deliveries.filter { $0.status == .started }.compactMap(\.dueAt?.description) == made)
            let left = deliveries.filter { $0.status == .skipped }
            #expect(left.map(\.dueAt?.description) == (leavesOut ? ["2026-05-04T08:00:00.000Z"] : []))
            #expect(left.allSatisfy { $0.run == nil && $0.reason?.contains("catch_up") == true })
            #expect(try await server.store.nextFire()?.description == "2026-05-04T12:00:00.000Z")
        }
    }

    @Test("counts a fire of up to a minute ago as in time")
    func grace() async throws {
        for (late, count) in [(Duration.seconds(60), 1), (.seconds(61), 0)] {
            let bench = try TriggerBench(at: "2026-05-04T07:59:00Z")
            let trigger = try await bench.withServer(schedules: false) { server in
                try await server.schedule(["cron": "0 * * * *"], of: try await server.pipeline())
            }
            bench.clock.advance(by: .seconds(60) + late)
            try await bench.withServer { server in
                await server.untilIdle()
                let deliveries = try await server.deliveries(of: trigger)
                #expect(deliveries.count { $0.status == .started } == count)
            }
        }
    }

    @Test("notices a clock that was set forward, and fires nothing twice when it is set back")
    func clockJumps() async throws {
        let bench = try TriggerBench(at: "2026-05-04T07:30:00Z")
        let trigger = try await bench.withServer(schedules: false) { server in
            try await server.schedule(["cron": "0 * * * *", "catch_up": "last"], of: try await server.pipeline())
        }
        try await bench.withServer { server in
            await server.untilIdle()
            bench.setWallClock(by: .seconds(3 * 3_600))
            bench.clock.advance(by: .seconds(60))
            await server.untilIdle()
            #expect(try await server.deliveries(of: trigger).last?.dueAt?.description == "2026-05-04T10:00:00.000Z")
            bench.setWallClock(by: .seconds(-2 * 3_600))
            let before = try await server.deliveries(of: trigger).count
            for _ in 0..<3 {
                bench.clock.advance(by: .seconds(60))
                await server.untilIdle()
            }
            #expect(try await server.deliveries(of: trigger).count == before)
            #expect(try await server.store.nextFire()?.description == "2026-05-04T11:00:00.000Z")
        }
    }

    @Test("a clock that comes from long ago costs no more than the fires that are made")
    func farJump() async throws {
        let bench = try TriggerBench(at: "1970-01-01T00:00:30Z")
        let trigger = try await bench.withServer(schedules: false) { server in
            try await server.schedule(
                ["cron": "* * * * *", "catch_up": "all", "catch_up_limit": 3], of: try await server.pipeline())
        }
        try await bench.withServer { server in
            await server.untilIdle(for: .seconds(30))
            bench.setWallClock(by: .seconds(1_777_881_600))
            bench.clock.advance(by: .seconds(60))
            await server.untilIdle(for: .seconds(30))
            let deliveries = try await server.deliveries(of: trigger)
            #expect(deliveries.count { $0.status == .started } == 4)
        }
    }

    @Test("leaves a fire out while a run goes on, where it is told to")
    func overlap() async throws {
        let bench = try TriggerBench(at: "2026-05-04T07:59:00Z")
        let (started, release) = (Signal(), Signal())
        let executor = ScriptedExecutor([
            "first": { _ throws(StepFailure) in
                started.fire()
                await release.wait()
                return .value(1)
            }
        ])
        let trigger = try await bench.withServer(schedules: false) { server in
            try await server.schedule(["cron": "*/10 * * * *", "overlap": "skip"], of: try await server.pipeline())
        }
        try await bench.withServer(executor) { server in
            await server.untilIdle()
            _ = try await server.advanceToNextFire()
            await started.wait()
            _ = try await server.advanceToNextFire()
            let deliveries = try await server.deliveries(of: trigger)
            #expect(deliveries.map(\.status) == [.started, .skipped])
            #expect(deliveries[1].reason == "\(try #require(deliveries[0].run)) has not ended")
            release.fire()
        }
    }

    @Test("keeps why a run could not be started, and goes on")
    func failures() async throws {
        let bench = try TriggerBench(at: "2026-05-04T07:59:00Z")
        let (pipeline, own, foreign) = try await bench.withServer(schedules: false) { server in
            let pipeline = try await server.pipeline()
            return (
                pipeline, try await server.schedule(["cron": "0 * * * *"], of: pipeline),
                try await server.schedule(["cron": "0 * * * *"], of: pipeline, owner: "somebody")
            )
        }
        try await bench.withServer { server in
            await server.untilIdle()
            _ = try await server.advanceToNextFire()
            var record = try await server.store.pipeline(pipeline)
            record.text = record.text.replacing("steps:", with: "inputs: {city: {type: string}}\nsteps:")
            _ = try await server.store.replace(record, revision: 1, renames: [:])
            _ = try await server.advanceToNextFire()
            try await server.store.trash(pipeline, true, by: bench.owner, at: bench.now, revision: nil)
            _ = try await server.advanceToNextFire()
            let reasons = try await server.deliveries(of: own).map { $0.reason ?? $0.status.rawValue }
            #expect(reasons.count == 3 && reasons[0] == "started" && reasons[2] == "the pipeline is in the trash")
            #expect(reasons[1].contains("inputs.city"))
            #expect(
                try await server.deliveries(of: foreign).map(\.reason).prefix(1) == [
                    "whoever made this trigger may no longer run the pipeline"
                ])
            #expect(try await server.runs().count == 1)
        }
    }

    @Test("goes by the trigger as it was changed, at once")
    func changes() async throws {
        let bench = try TriggerBench(at: "2026-05-04T07:30:00Z")
        let trigger = try await bench.withServer(schedules: false) { server in
            try await server.schedule(["cron": "0 * * * *"], of: try await server.pipeline())
        }
        try await bench.withServer { server in
            await server.untilIdle()
            let changed = try await server.triggers.change(trigger, ["cron": "45 * * * *", "name": "three quarters"])
            #expect(changed.trigger.nextFireAt?.description == "2026-05-04T07:45:00.000Z")
            #expect(try await server.store.nextFire()?.description == "2026-05-04T07:45:00.000Z")
            let off = try await server.triggers.change(changed.trigger, ["enabled": false])
            #expect(try await server.store.nextFire() == nil)
            await #expect(throws: TriggerError.self) { try await server.triggers.change(trigger, ["enabled": true]) }
            _ = try await server.triggers.change(off.trigger, ["enabled": true])
            #expect(try await server.store.nextFire()?.description == "2026-05-04T07:45:00.000Z")
        }
    }

    @Test(
        "refuses a trigger that could not work",
        arguments: [
            (["kind": "schedule"], ["cron"]),
            (["kind": "schedule", "cron": "61 * * * *", "overlap": "maybe"], ["overlap", "cron"]),
            (["kind": "schedule", "cron": "@daily", "timezone": "Nowhere"], ["timezone"]),
            (["kind": "schedule", "cron": "@daily", "every": 5], ["every"]),
            (["kind": "schedule", "cron": "@daily", "catch_up_limit": 51], ["catch_up_limit"]),
            (["kind": "schedule", "cron": "@daily", "inputs": ["town": "Ulm"]], ["inputs.town"]),
            (["kind": "timer"], ["kind"]), (["kind": "webhook", "if": "trigger.body ==", "inputs": [:]], ["if"]),
            (["kind": "webhook", "if": "steps.a.output"], ["if"]),
            (["kind": "webhook", "inputs": ["a": 5]], ["inputs.a"]),
            (["kind": "webhook", "preset": "github", "signed": false], ["signed"]),
            (["kind": "webhook", "secret": "short"], ["secret"]),
        ] as [(JSONObject, [String])])
    func refusals(members: JSONObject, paths: [String]) async throws {
        let bench = try TriggerBench(at: "2026-05-04T07:30:00Z")
        try await bench.withServer(schedules: false) { server in
            let pipeline = try await server.pipeline()
            do {
                _ = try await server.triggers.create(members, of: pipeline, for: "local")
                Issue.record("it was taken")
            } catch {
                guard case .invalid(let problems) = error as? TriggerError else { throw error }
                #expect(Set(problems.map(\.path)).isSuperset(of: paths), "\(problems)")
            }
        }
    }
}
