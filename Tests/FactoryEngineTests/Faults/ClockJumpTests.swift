import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryStore
import FactoryTestKit
import Testing

@Suite("A wall clock that is set") struct ClockJumpTests {
    let bench = Bench()

    /// An hour back, a day forward.
    static let jumps: [Int64] = [-3_600_000, 86_400_000]

    @Test("does not move a retry, and gives no duration that never was", arguments: jumps)
    func retry(_ jump: Int64) async throws {
        let executor = ScriptedExecutor([
            "a": { [bench] work throws(StepFailure) in
                bench.wallOffset.set(by: work.attemptNumber == 1 ? jump : 0)
                guard work.attemptNumber > 1 else { throw StepFailure(code: "x", class: .network, message: "x") }
                return .value(1)
            }
        ])
        try await bench.withEngine([executor]) { engine, store in
            let run = try await engine.start(
                try bench.request(
                    "steps:\n" + step("a", "retry: {max_attempts: 2, delay: 10s, jitter: false}")
                        + step("b", "needs: [a]")))
            await bench.clock.untilSleeping(for: .seconds(10))
            bench.clock.advance(by: .seconds(10))
            for await _ in run.events {}
            let report = try await store.report(of: run.id)
            #expect(report.shape == "a:succeeded b:succeeded")
            let durations = ([report.json] + (report.json["steps"]?.arrayValue ?? [])).map { $0["duration_ms"] }
            #expect(durations.allSatisfy { $0 == .null || ($0?.intValue ?? -1) >= 0 }, "\(durations)")
            // Set back, nobody knows how long it took; set forward, nobody knows that it was.
            #expect((report.json["duration_ms"] == .null) == (jump < 0))
        }
    }

    @Test("leaves ids unique and in the order they were made", arguments: jumps)
    func ids(_ jump: Int64) {
        let ids = IDGenerator(now: bench.now)
        var made: [String] = []
        for number in 0..<1_000 {
            if number == 500 { bench.wallOffset.set(by: jump) }
            made.append(ids.make(Run.self).rawValue)
        }
        #expect(made == made.sorted())
        #expect(Set(made).count == made.count)
    }
}
