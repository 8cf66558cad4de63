import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryStore
import FactoryTestKit
import Synchronization
import Testing

@Suite("Time in a run") struct EngineTimeTests {
    let bench = Bench()

    @Test("passes between retries as the policy says, and the run waits meanwhile")
    func retry() async throws {
        let tries = Mutex(0)
        let executor = ScriptedExecutor([
            "a": { _ throws(StepFailure) in
                let number = tries.withLock { tries in
                    tries += 1
                    return tries
                }
                if number < 3 { throw StepFailure(code: "network_error", class: .network, message: "cut") }
                return .value(["try": .int(Int64(number))])
            }
        ])
        let policy = "retry: {max_attempts: 4, delay: 2s, backoff: exponential, jitter: false}"
        try await bench.withEngine([executor]) { engine, store in
            let run = try await engine.start(try bench.request("steps:\n" + step("a", policy)))
            await bench.clock.untilSleeping(for: .seconds(2))
            #expect(try await store.run(run.id).status == .waiting)
            #expect(try await store.steps(of: run.id).first?.status == .waiting)
            bench.clock.advance(by: .seconds(2))
            await bench.clock.untilSleeping(for: .seconds(4))
            bench.clock.advance(by: .seconds(4))
            for await _ in run.events {}
            let report = try await store.report(of: run.id)
            #expect(report.run.status == .succeeded)
            #expect(report.attempts.map(\.status) == [.failed, .failed, .succeeded])
            #expect(report.attempts.map(\.number) == [1, 2, 3])
            #expect(try report.step("a").error == nil)
        }
    }

    @Test("is at least what the other side asked for with Retry-After")
    func retryAfter() async throws {
        let executor = ScriptedExecutor([
            "a": { work throws(StepFailure) in
                guard work.attemptNumber > 1 else {
                    throw StepFailure(
                        code: "rate_limit", class: .rateLimit, message: "slow down", retryAfter: .seconds(30))
                }
                return .value(1)
            }
        ])
        try await bench.withEngine([executor]) { engine, store in
            let run = try await engine.start(
                try bench.request("steps:\n" + step("a", "retry: {max_attempts: 2, delay: 1s, jitter: false}")))
            await bench.clock.untilSleeping(for: .seconds(30))
            bench.clock.advance(by: .seconds(30))
            for await _ in run.events {}
            #expect(try await store.run(run.id).status == .succeeded)
        }
    }

    @Test("is not spent on failures that the policy does not name")
    func noRetry() async throws {
        let executor = ScriptedExecutor([
            "a": { _ throws(StepFailure) in throw StepFailure(code: "exit_nonzero", message: "no") }
        ])
        let report = try await bench.run("steps:\n" + step("a", "retry: {max_attempts: 5}"), [executor])
        #expect(report.attempts.count == 1)
        #expect(report.run.status == .failed)
    }

    @Test("ends an attempt that takes longer than its timeout, and everything it started")
    func timeout() async throws {
        let ended = Signal()
        let executor = ScriptedExecutor([
            "a": { _ throws(StepFailure) in
                await Signal.cancellation()
                ended.fire()
                return .value(1)
            }
        ])
        try await bench.withEngine([executor]) { engine, store in
            let run = try await engine.start(try bench.request("steps:\n" + step("a", "timeout: 7s")))
            await bench.clock.untilSleeping(for: .seconds(7))
            bench.clock.advance(by: .seconds(7))
            for await _ in run.events {}
            await ended.wait()
            let report = try await store.report(of: run.id)
            #expect(report.run.error?.code == "timeout")
            #expect(report.run.error?.class == .timeout)
            #expect(report.attempts.map(\.status) == [.failed])
        }
    }

    @Test("cancels no step after the one whose timeout passed")
    func afterTimeout() async throws {
        let executor = ScriptedExecutor([
            "b": { _ throws(StepFailure) in
                await Signal.cancellation()
                return .value(1)
            },
            "c": { _ throws(StepFailure) in .value(.bool(Task.isCancelled)) },
        ])
        try await bench.withEngine([executor]) { engine, store in
            let steps = "steps:\n" + step("a") + step("b", "timeout: 7s, on_error: continue") + step("c")
            let run = try await engine.launch(try bench.request(steps))
            await bench.clock.untilSleeping(for: .seconds(7))
            bench.clock.advance(by: .seconds(7))
            await engine.end(of: run)
            let report = try await store.report(of: run)
            #expect(report.shape == "a:succeeded b:failed c:succeeded")
            #expect(try report.step("c").output == .inline(false))
        }
    }

    @Test("stops at a cancel: what runs is ended, what has not started is skipped")
    func cancel() async throws {
        let started = Signal()
        let executor = ScriptedExecutor([
            "b": { _ throws(StepFailure) in
                started.fire()
                await Signal.cancellation()
                return .value(1)
            }
        ])
        try await bench.withEngine([executor]) { engine, store in
            let run = try await engine.start(try bench.request("steps:\n" + step("a") + step("b") + step("c")))
            await started.wait()
            try await engine.cancel(run.id)
            for await _ in run.events {}
            let report = try await store.report(of: run.id)
            #expect(report.shape == "a:succeeded b:cancelled c:skipped(cancelled)")
            #expect(report.run.status == .cancelled)
            #expect(report.run.cancelRequestedAt != nil)
            #expect(report.attempts.last?.status == .cancelled)
        }
    }

    @Test("does not hold up a cancel that comes between two attempts")
    func cancelDuringRetry() async throws {
        let executor = ScriptedExecutor([
            "a": { _ throws(StepFailure) in throw StepFailure(code: "network_error", class: .network, message: "cut") }
        ])
        try await bench.withEngine([executor]) { engine, store in
            let run = try await engine.start(
                try bench.request("steps:\n" + step("a", "retry: {max_attempts: 2, delay: 1h, jitter: false}")))
            await bench.clock.untilSleeping(for: .seconds(300))
            try await engine.cancel(run.id)
            for await _ in run.events {}
            let report = try await store.report(of: run.id)
            #expect(report.shape == "a:cancelled")
        }
    }
}
