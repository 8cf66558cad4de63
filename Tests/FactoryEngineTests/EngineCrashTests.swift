import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryStore
import FactoryTestKit
import Testing

/// A crash is played by an engine that is left in the middle of a step while another takes its store over.
@Suite("After a crash a run") struct EngineCrashTests {
    let bench = Bench()
    let vault = SecretVault(values: [:], nonce: "nonce")

    @Test("goes on where it stood: nothing finished runs twice, what was interrupted is repeated")
    func resume() async throws {
        let (started, release) = (Signal(), Signal())
        let dying = ScriptedExecutor([
            "b": { _ throws(StepFailure) in
                started.fire()
                await release.wait()
                return .value(["from": "the dead"])
            }
        ])
        let living = ScriptedExecutor(["b": { work in .value(["try": .int(Int64(work.attemptNumber))]) }])
        try await bench.withEngine([dying]) { old, _ in
            let run = try await old.start(try bench.request("steps:\n" + step("a") + step("b") + step("c")))
            await started.wait()
            try await bench.withEngine([living]) { new, store in
                let resumed = try await new.resume(run.id, secrets: vault)
                for await _ in resumed.events {}
                let report = try await store.report(of: run.id)
                #expect(report.shape == "a:succeeded b:succeeded c:succeeded")
                #expect(report.attempts.map(\.status) == [.succeeded, .lost, .succeeded, .succeeded])
                #expect(try report.step("b").output?.json == ["try": 2])
                #expect(living.executedSteps == ["b", "c"])
                // What the old engine still has to say changes nothing.
                release.fire()
                for await _ in run.events {}
                #expect(old.failure(of: run.id) != nil)
                #expect(try await store.report(of: run.id).json == report.json)
            }
        }
    }

    @Test("fails a step that was lost three times in a row")
    func lostThrice() async throws {
        let hanging: @Sendable (Signal) -> ScriptedExecutor = { started in
            ScriptedExecutor([
                "a": { _ throws(StepFailure) in
                    started.fire()
                    await Signal.cancellation()
                    return .value(1)
                }
            ])
        }
        let signals = (0..<3).map { _ in Signal() }
        try await bench.withEngine([hanging(signals[0])]) { first, _ in
            let run = try await first.start(try bench.request("steps:\n" + step("a")))
            await signals[0].wait()
            try await bench.withEngine([hanging(signals[1])]) { second, _ in
                _ = try await second.resume(run.id, secrets: vault)
                await signals[1].wait()
                try await bench.withEngine([hanging(signals[2])]) { third, _ in
                    _ = try await third.resume(run.id, secrets: vault)
                    await signals[2].wait()
                    try await bench.withEngine([ScriptedExecutor()]) { fourth, store in
                        for await _ in try await fourth.resume(run.id, secrets: vault).events {}
                        let report = try await store.report(of: run.id)
                        #expect(report.shape == "a:failed")
                        #expect(report.run.error?.code == "lost")
                        #expect(report.attempts.map(\.status) == [.lost, .lost, .lost])
                    }
                    try? await third.cancel(run.id)
                }
                try? await second.cancel(run.id)
            }
            try? await first.cancel(run.id)
        }
    }

    @Test("that failed keeps what succeeded when it is resumed")
    func resumeFailed() async throws {
        let failing = ScriptedExecutor([
            "b": { _ throws(StepFailure) in throw StepFailure(code: "nope", message: "no") }
        ])
        let document = "steps:\n" + step("a") + step("b") + step("c") + step("d", "needs: [a]")
        let id = try await bench.withEngine([failing]) { engine, _ in
            let run = try await engine.start(try bench.request(document))
            for await _ in run.events {}
            return run.id
        }
        let mended = ScriptedExecutor()
        try await bench.withEngine([mended]) { engine, store in
            for await _ in try await engine.resume(id, secrets: vault).events {}
            let report = try await store.report(of: id)
            #expect(report.shape == "a:succeeded b:succeeded c:succeeded d:succeeded")
            #expect(report.run.error == nil)
            #expect(mended.executedSteps == ["b", "c"])
            #expect(report.attempts.count == 5)
        }
    }

    @Test("that succeeded is not resumed")
    func resumeSucceeded() async throws {
        try await bench.withEngine([ScriptedExecutor()]) { engine, _ in
            let run = try await engine.start(try bench.request("steps:\n" + step("a")))
            for await _ in run.events {}
            await #expect(throws: EngineError.self) { try await engine.resume(run.id, secrets: vault) }
        }
    }

    @Test("that nobody drives can be cancelled")
    func cancelInterrupted() async throws {
        let started = Signal()
        let hanging = ScriptedExecutor([
            "a": { _ throws(StepFailure) in
                started.fire()
                await Signal.cancellation()
                return .value(1)
            }
        ])
        try await bench.withEngine([hanging]) { old, _ in
            let run = try await old.start(try bench.request("steps:\n" + step("a") + step("b")))
            await started.wait()
            try await bench.withEngine([ScriptedExecutor()]) { new, store in
                try await new.cancel(run.id)
                let report = try await store.report(of: run.id)
                #expect(report.shape == "a:cancelled b:skipped(cancelled)")
                #expect(report.run.status == .cancelled)
            }
            try? await old.cancel(run.id)
        }
    }
}
