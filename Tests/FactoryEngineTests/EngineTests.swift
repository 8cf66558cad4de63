import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryStore
import FactoryTestKit
import Testing

@Suite("A run") struct EngineTests {
    let bench = Bench()

    @Test("runs its steps in order and gives the outputs of those nobody needs")
    func sequence() async throws {
        let executor = ScriptedExecutor()
        let report = try await bench.run("steps:\n" + step("a") + step("b") + step("c"), [executor])
        #expect(report.run.status == .succeeded)
        #expect(executor.executedSteps == ["a", "b", "c"])
        #expect(report.run.outputs?.json == ["c": ["step": "c"]])
        #expect(report.run.finishedAt != nil)
    }

    @Test("shows a step the outputs of the steps before it")
    func outputsFlow() async throws {
        let document = """
            steps:
              - {id: a, type: transform, with: {ops: [{expression: "1"}]}}
              - {id: b, type: transform, with: {input: "got {{ dyn(steps.a.output).n }}", ops: [{expression: "1"}]}}
            outputs: {said: dyn(steps.b.output).heard, again: dyn(steps.a.output).n + 1}
            """
        let executor = ScriptedExecutor([
            "a": { _ in .value(["n": 41]) }, "b": { work in .value(["heard": work.with["input"] ?? nil]) },
        ])
        let report = try await bench.run(document, [executor])
        #expect(report.run.outputs?.json == ["said": "got 41", "again": 42])
    }

    @Test("tells its first step its number too")
    func number() async throws {
        let executor = ScriptedExecutor(["a": { work in .value(["heard": work.with["input"] ?? nil]) }])
        let report = try await bench.run(
            """
            steps:
              - {id: a, type: transform, with: {input: "{{ run.number }}", ops: [{expression: "1"}]}}
            """, [executor])
        #expect(report.run.outputs?.json == ["a": ["heard": 1]], "\(report.json)")
    }

    @Test("runs steps that do not need each other at the same time")
    func parallel() async throws {
        let (first, second) = (Signal(), Signal())
        let executor = ScriptedExecutor([
            "a": { _ throws(StepFailure) in
                first.fire()
                await second.wait()
                return .value(1)
            },
            "b": { _ throws(StepFailure) in
                second.fire()
                await first.wait()
                return .value(2)
            },
        ])
        let report = try await bench.run(
            "steps:\n" + step("a", "needs: []") + step("b", "needs: []") + step("c"), [executor])
        #expect(report.shape == "a:succeeded b:succeeded c:succeeded")
    }

    @Test("passes by a step whose `if` is false")
    func conditionFalse() async throws {
        let report = try await bench.run(
            "steps:\n" + step("a") + step("b", "if: \"dyn(steps.a.output).step == 'z'\"") + step("c"),
            [ScriptedExecutor()])
        #expect(report.shape == "a:succeeded b:skipped(if) c:succeeded")
    }

    @Test("fails a step whose `if` cannot be evaluated, and says where")
    func conditionBroken() async throws {
        let report = try await bench.run(
            "steps:\n" + step("a") + step("b", "if: dyn(steps.a.output).missing") + step("c"),
            [ScriptedExecutor()])
        #expect(report.shape == "a:succeeded b:failed c:skipped(upstream_failed)")
        #expect(report.run.error?.code == "expression_error")
        #expect(report.run.error?.message.contains("missing") == true)
    }

    @Test("lets independent branches end when a step fails, then fails with that step's error")
    func failure() async throws {
        let executor = ScriptedExecutor([
            "b": { _ throws(StepFailure) in
                throw StepFailure(code: "exit_nonzero", message: "no", output: ["stderr": "x"])
            }
        ])
        let report = try await bench.run(
            "steps:\n" + step("a") + step("b", "needs: [a]") + step("c", "needs: [b]") + step("d", "needs: [a]"),
            [executor])
        #expect(report.shape == "a:succeeded b:failed c:skipped(upstream_failed) d:succeeded")
        #expect(report.run.status == .failed)
        #expect(report.run.error?.code == "exit_nonzero")
        #expect(try report.step("b").output?.json == ["stderr": "x"])
    }

    @Test("goes on past a failure that `on_error` handles, with the value it names")
    func handled() async throws {
        let failing: ScriptedExecutor.Action = { _ throws(StepFailure) in throw StepFailure(code: "nope", message: "no")
        }
        let executor = ScriptedExecutor(["a": failing, "b": failing])
        let report = try await bench.run(
            "steps:\n" + step("a", "on_error: continue") + step("b", "on_error: {value: {n: 7}}") + step("c")
                + "outputs: {n: steps.b.output.n, had: has(steps.a.output)}",
            [executor])
        #expect(report.shape == "a:failed b:failed c:succeeded")
        #expect(report.run.status == .succeeded)
        #expect(report.run.outputs?.json == ["n": 7, "had": false])
        #expect(report.steps.allSatisfy { $0.isHandled == ($0.stepID != "c") })
    }

    @Test("shows no output of a step whose failure `on_error: continue` takes, whatever its attempt produced")
    func continued() async throws {
        let executor = ScriptedExecutor([
            "a": { _ throws(StepFailure) in
                throw StepFailure(code: "http_status", message: "404", output: ["status": 404])
            }
        ])
        let report = try await bench.run(
            "steps:\n" + step("a", "on_error: continue") + step("b")
                + "outputs: {had: has(steps.a.output), code: steps.a.error.code}", [executor])
        #expect(report.run.outputs?.json == ["had": false, "code": "http_status"])
        #expect(try report.step("a").output == nil)
    }

    @Test("runs a step with `if: always()` whatever happened, and lets it see how")
    func always() async throws {
        let executor = ScriptedExecutor([
            "a": { _ throws(StepFailure) in throw StepFailure(code: "nope", message: "no") }
        ])
        let report = try await bench.run(
            "steps:\n" + step("a") + step("b") + step("c", "if: always() && steps.a.status == 'failed'"), [executor])
        #expect(report.shape == "a:failed b:skipped(upstream_failed) c:succeeded")
        #expect(report.run.status == .failed)
    }

    @Test("counts what a model used in an attempt whose result could not be shaped")
    func usageOfFailedShape() async throws {
        let usage = Usage(calls: 1, inputTokens: 5, outputTokens: 7, costUSD: nil)
        let executor = ScriptedExecutor(["a": { _ in .output(StepOutput(value: [:], usage: usage)) }])
        let report = try await bench.run("steps:\n" + step("a", "outputs: {x: dyn(result).missing}"), [executor])
        #expect(report.run.error?.code == "expression_error")
        #expect(report.usage == usage)
    }

    @Test("runs a step with `if: failed()` after a failure and still ends failed")
    func cleanUp() async throws {
        let executor = ScriptedExecutor([
            "a": { _ throws(StepFailure) in throw StepFailure(code: "nope", message: "no") }
        ])
        let report = try await bench.run(
            "steps:\n" + step("a") + step("b", "if: failed()") + step("c", "if: succeeded()"), [executor])
        #expect(report.shape == "a:failed b:succeeded c:skipped(if)")
        #expect(report.run.status == .failed)
    }

    @Test("fails when every step is disabled")
    func nothingEnabled() async throws {
        let report = try await bench.run("steps:\n" + step("a", "enabled: false"), [ScriptedExecutor()])
        #expect(report.shape == "a:skipped(disabled)")
        #expect(report.run.error?.code == "no_enabled_steps")
    }

    @Test("fails when its outputs cannot be evaluated")
    func badOutputs() async throws {
        let report = try await bench.run(
            "steps:\n" + step("a") + "outputs: {x: dyn(steps.a.output).missing}", [ScriptedExecutor()])
        #expect(report.shape == "a:succeeded")
        #expect(report.run.status == .failed)
        #expect(report.run.error?.message.contains("outputs.x") == true)
    }

    @Test("gives a step the output that its `outputs` make of the result")
    func shapedOutput() async throws {
        let executor = ScriptedExecutor(["a": { _ in .value(["n": 2]) }])
        let report = try await bench.run("steps:\n" + step("a", "outputs: {twice: dyn(result).n * 2}"), [executor])
        #expect(try report.step("a").output?.json == ["twice": 4])
    }

    @Test("keeps values above 32 KiB in the blob store and gives them whole to later steps")
    func largeValues() async throws {
        let large = String(repeating: "é", count: 40_000)
        let executor = ScriptedExecutor([
            "a": { _ in .value(["text": .string(large)]) },
            "b": { work in .value(["size": .int(Int64(work.with["input"]?.stringValue?.utf8.count ?? 0))]) },
        ])
        let report = try await bench.run(
            """
            steps:
              - {id: a, type: transform, with: {ops: [{expression: "1"}]}}
              - {id: b, type: transform, with: {input: "{{ dyn(steps.a.output).text }}", ops: [{expression: "1"}]}}
            """, [executor])
        #expect(report.run.outputs?.json == ["b": ["size": 80_000]])
        guard case .blob(_, let size, let preview)? = try report.step("a").output else {
            Issue.record("the output stands in the row")
            return
        }
        #expect(size > 80_000)
        #expect(preview.hasPrefix(#"{"text":"éé"#))
    }

    @Test("never runs more attempts of a kind at once than its lane is wide")
    func widths() async throws {
        let gauge = Gauge()
        let action: ScriptedExecutor.Action = { _ throws(StepFailure) in
            await gauge.enter()
            for _ in 0..<20 { await Task.yield() }
            await gauge.leave()
            return .value(1)
        }
        let names = (0..<12).map { "s\($0)" }
        let executor = ScriptedExecutor(lane: .code, Dictionary(uniqueKeysWithValues: names.map { ($0, action) }))
        let report = try await bench.run(
            "steps:\n" + names.map { step($0, "needs: []") }.joined(), [executor], widths: LaneWidths(code: 3))
        #expect(report.run.status == .succeeded)
        #expect(await gauge.highest == 3)
    }

    @Test("numbers its events without gaps, from its creation to its end")
    func events() async throws {
        let events = try await bench.withEngine([ScriptedExecutor()]) { engine, store in
            let run = try await engine.start(try bench.request("steps:\n" + step("a") + step("b")))
            var live: [RunEvent] = []
            for await event in run.events { live.append(event) }
            let stored = try await store.events(of: run.id, after: 0, limit: 100)
            #expect(live == stored)
            return stored
        }
        #expect(events.map(\.sequence) == (1...Int64(events.count)).map { $0 })
        #expect(events.prefix(3).map(\.kind) == [.runCreated, .runStarted, .attemptStarted])
        #expect(events.last?.kind == .runFinished)
    }

    @Test("shows live text at once and keeps it as log text")
    func liveText() async throws {
        let executor = ScriptedExecutor([
            "a": { work in
                work.announce(.text("Hel"))
                work.announce(.text("lo"))
                work.announce(.log(.stderr, "warning\n"))
                return .value(1)
            }
        ])
        try await bench.withEngine([executor]) { engine, store in
            let run = try await engine.start(try bench.request("steps:\n" + step("a")))
            var tokens: [String] = []
            for await event in run.events where event.kind == .token {
                tokens.append(event.data["text"]?.stringValue ?? "")
            }
            #expect(tokens == ["Hel", "lo"])
            let logs = try await store.logs(of: run.id, LogRange()).items.map(\.chunk)
            #expect(logs.map { "\($0.stream):\($0.text)" }.sorted() == ["stderr:warning\n", "text:Hello"])
        }
    }
}

/// Counts who is inside at once.
private actor Gauge {
    private var inside = 0
    private(set) var highest = 0
    func enter() {
        inside += 1
        highest = max(highest, inside)
    }
    func leave() { inside -= 1 }
}
