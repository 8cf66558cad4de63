import FactoryDomain
import FactoryEngine
import FactorySecrets
import FactoryStore
import FactoryTestKit
import Testing

@Suite("A run that a program of format 1 left interrupted") struct EngineOldStoreTests {
    let bench = Bench()

    @Test("is resumed: its finished step is kept, the interrupted one repeated")
    func resume() async throws {
        try OldStore.place(in: bench.folder.path)
        let (transform, code) = (ScriptedExecutor(), ScriptedExecutor(type: "code", lane: .code))
        try await bench.withEngine([transform, code]) { engine, store in
            let interrupted = try await store.run(number: 2)
            let run = try await engine.resume(interrupted.id, secrets: SecretVault(values: [:], nonce: "nonce"))
            for await _ in run.events {}
            let report = try await store.report(of: run.id)
            #expect(report.shape == "first:succeeded second:succeeded third:succeeded")
            #expect(report.attempts.map(\.status) == [.succeeded, .lost, .succeeded, .succeeded])
            #expect(code.executedSteps + transform.executedSteps == ["second", "third"])
        }
    }
}
