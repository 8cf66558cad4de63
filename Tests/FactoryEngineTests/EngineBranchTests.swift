import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryTestKit
import Testing

@Suite("A condition in a run") struct EngineBranchTests {
    let bench = Bench()

    static func condition(_ id: String, _ branches: String, needs: String = "[]") -> String {
        "  - {id: \(id), type: condition, needs: \(needs), with: {if: \"true\", \(branches)}}\n"
    }

    static func taking(_ branch: String, message: String? = nil) -> ScriptedExecutor {
        ScriptedExecutor(
            type: "condition",
            [
                "c": { _ in
                    .branches(taken: BranchDecision(name: branch, failureMessage: message), StepOutput(value: [:]))
                }
            ])
    }

    @Test("runs the steps of the branch it takes, skips those of the others, and lets a join go on")
    func branches() async throws {
        let document = "steps:\n" + Self.condition("c", "then: [a], else: [b]") + step("a") + step("b") + step("join")
        let report = try await bench.run(document, [Self.taking("then"), ScriptedExecutor()])
        #expect(report.shape == "c:succeeded a:succeeded b:skipped(branch) join:succeeded")
        #expect(try report.step("c").branch == "then")
    }

    @Test("that leads to `end` ends the run as succeeded")
    func end() async throws {
        let document = "steps:\n" + Self.condition("c", "then: [end], else: [a]") + step("a") + step("b")
        let report = try await bench.run(document, [Self.taking("then"), ScriptedExecutor()])
        #expect(report.shape == "c:succeeded a:skipped(branch) b:skipped(branch)")
        #expect(report.run.status == .succeeded)
    }

    @Test("that leads to `fail` fails the run with its message")
    func fail() async throws {
        let document = "steps:\n" + Self.condition("c", "then: [fail], message: red") + step("b")
        let report = try await bench.run(document, [Self.taking("then", message: "red"), ScriptedExecutor()])
        #expect(report.shape == "c:failed b:skipped(branch)")
        #expect(report.run.status == .failed)
        #expect(report.run.error?.code == "condition_failed")
        #expect(report.run.error?.message == "red")
    }

    @Test("does not make a step run twice that came after its branches, when the run is resumed")
    func resumed() async throws {
        let document =
            "steps:\n" + Self.condition("c", "then: [a], else: [b]") + step("a") + step("b") + step("join")
            + step("last")
        let failing = ScriptedExecutor([
            "last": { _ throws(StepFailure) in throw StepFailure(code: "no", message: "no") }
        ])
        let id = try await bench.withEngine([Self.taking("then"), failing]) { engine, store in
            let run = try await engine.start(try bench.request(document))
            for await _ in run.events {}
            let shape = try await store.report(of: run.id).shape
            #expect(shape == "c:succeeded a:succeeded b:skipped(branch) join:succeeded last:failed")
            return run.id
        }
        let (condition, mended) = (Self.taking("then"), ScriptedExecutor())
        try await bench.withEngine([condition, mended]) { engine, store in
            for await _ in try await engine.resume(id, secrets: SecretVault(values: [:], nonce: "n")).events {}
            let shape = try await store.report(of: id).shape
            #expect(shape == "c:succeeded a:succeeded b:skipped(branch) join:succeeded last:succeeded")
            #expect(condition.executedSteps.isEmpty)
            #expect(mended.executedSteps == ["last"])
        }
    }

    @Test("that failed the run is asked again when the run is resumed, and what it had cut off runs")
    func resumedAfterFail() async throws {
        let document = "steps:\n" + Self.condition("c", "then: [fail], else: [a]") + step("a") + step("b")
        let id = try await bench.run(document, [Self.taking("then"), ScriptedExecutor()]).run.id
        try await bench.withEngine([Self.taking("else"), ScriptedExecutor()]) { engine, store in
            for await _ in try await engine.resume(id, secrets: SecretVault(values: [:], nonce: "n")).events {}
            #expect(try await store.report(of: id).shape == "c:succeeded a:succeeded b:succeeded")
        }
    }
}
