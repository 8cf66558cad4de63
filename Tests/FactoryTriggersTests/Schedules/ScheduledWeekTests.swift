import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import FactoryTriggers
import Synchronization
import Testing

@Suite("In a week of schedules") struct ScheduledWeekTests {
    /// What fires how often in seven days in which the clocks of Berlin change. Half past two comes not at all on one
    /// night in March, and twice on one in October.
    private static let weeks: [(start: String, crash: String, fires: [String: Int])] = [
        (
            "2026-03-26T12:00:00Z", "2026-03-29T01:00:00.000Z",
            ["30 2 * * *": 7, "0 * * * *": 168, "*/30 1-3 * * *": 7 * 6 - 2, "0 9 * * MON-FRI": 5]
        ),
        (
            "2026-10-22T12:00:00Z", "2026-10-25T00:30:00.000Z",
            ["30 2 * * *": 7, "0 * * * *": 168, "*/30 1-3 * * *": 7 * 6, "0 9 * * MON-FRI": 5]
        ),
    ]

    @Test("each fire starts exactly one run, over a change of the clocks and a crash", arguments: weeks)
    func exactlyOnce(week: (start: String, crash: String, fires: [String: Int])) async throws {
        let bench = try TriggerBench(at: week.start)
        let end = bench.now.adding(.seconds(7 * 86_400))
        let crash = week.crash
        let triggers = try await bench.withServer(schedules: false) { server in
            let pipeline = try await server.pipeline()
            var triggers: [TriggerRecord] = []
            for cron in week.fires.keys.sorted() {
                triggers.append(
                    try await server.schedule(
                        ["cron": .string(cron), "timezone": "Europe/Berlin"], of: pipeline))
            }
            return triggers
        }
        try await bench.withServer { server in
            await server.untilIdle()
            while let next = try await server.store.nextFire(), next.description < crash {
                _ = try await server.advanceToNextFire()
            }
            // What was started, but not noted any more when the process died.
            let latest = try #require(try await server.deliveries(of: triggers[0]).last)
            #expect(latest.status == .started)
            try await server.store.settle(latest.id, as: .pending, reason: nil)
            // What was noted, and not started any more.
            bench.isBroken.withLock { $0 = true }
            #expect(try await server.advanceToNextFire(idleFor: .seconds(30)).description == crash)
            #expect(try await !server.store.pendingDeliveries().isEmpty)
        }
        bench.isBroken.withLock { $0 = false }
        try await bench.withServer { server in
            await server.untilIdle()
            while let next = try await server.store.nextFire(), next <= end { _ = try await server.advanceToNextFire() }
        }
        try await bench.withServer(schedules: false) { server in
            var expected = 0
            var runs: Set<String> = []
            for trigger in triggers {
                let cron = try #require(trigger.settings["cron"]?.stringValue)
                let deliveries = try await server.deliveries(of: trigger)
                #expect(deliveries.allSatisfy { $0.status == .started }, "\(cron)")
                #expect(deliveries.count == week.fires[cron], "\(cron)")
                #expect(Set(deliveries.compactMap(\.dueAt)).count == deliveries.count)
                expected += deliveries.count
                runs.formUnion(deliveries.compactMap { $0.run?.rawValue })
            }
            let stored = try await server.runs()
            #expect(stored.count == expected && Set(stored.map(\.id.rawValue)) == runs)
            #expect(
                stored.allSatisfy { $0.status == .succeeded && $0.trigger == "schedule" && $0.owner == bench.owner })
        }
    }
}
