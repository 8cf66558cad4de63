import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryStore
import FactoryTestKit
import Synchronization
import Testing

@Suite("The change set of a run") struct EngineChangesTests {
    let bench = Bench()

    static func change(_ path: String, append: Bool = false) -> FileChange {
        let hash = ContentHash(rawValue: String(repeating: "a", count: 64))
        return FileChange(path: path, action: append ? .append(hash, size: 1) : .write(hash, size: 1), base: nil)
    }

    static func writing(_ path: String, append: Bool = false) -> ScriptedExecutor.Action {
        { _ in
            .output(
                StepOutput(
                    value: [:], usage: Usage(calls: 1, inputTokens: 2, outputTokens: 3, costUSD: nil),
                    changes: [change(path, append: append)]))
        }
    }

    @Test("takes no second change of a path from a step that is independent of the first")
    func conflict() async throws {
        let executor = ScriptedExecutor(["a": Self.writing("x"), "b": Self.writing("x")])
        let report = try await bench.run(
            "steps:\n" + step("a", "needs: []") + step("b", "needs: []"), [executor],
            widths: LaneWidths(code: 1, other: 1))
        #expect(report.shape == "a:succeeded b:failed")
        #expect(report.run.error?.code == "write_conflict")
        #expect(report.run.error?.message.contains("step a") == true)
        #expect(report.run.changes == .none)
        // The failed attempt called a model all the same.
        #expect(report.usage?.calls == 2)
    }

    @Test("takes no file where an independent step needs a folder", arguments: [("a", "a/b"), ("a/b/c", "a")])
    func fileAndFolder(_ first: String, _ second: String) async throws {
        let executor = ScriptedExecutor(["a": Self.writing(first), "b": Self.writing(second)])
        let report = try await bench.run(
            "steps:\n" + step("a", "needs: []") + step("b", "needs: []"), [executor],
            widths: LaneWidths(code: 1, other: 1))
        #expect(report.shape == "a:succeeded b:failed")
        #expect(report.run.error?.code == "write_conflict")
        #expect(report.run.error?.message.contains("cannot both be files") == true)
        let beside = ScriptedExecutor(["a": Self.writing("a"), "b": Self.writing("ab/c")])
        let fine = try await bench.run("steps:\n" + step("a", "needs: []") + step("b", "needs: []"), [beside])
        #expect(fine.run.changes == .applied)
    }

    @Test("takes appends of independent steps, and any change of a step that comes after the first")
    func noConflict() async throws {
        let appends = ScriptedExecutor(["a": Self.writing("x", append: true), "b": Self.writing("x", append: true)])
        let independent = "steps:\n" + step("a", "needs: []") + step("b", "needs: []")
        #expect(try await bench.run(independent, [appends]).run.changes == .applied)
        let writes = ScriptedExecutor(["a": Self.writing("x"), "c": Self.writing("x")])
        let row = "steps:\n" + step("a") + step("b") + step("c")
        #expect(try await bench.run(row, [writes]).run.changes == .applied)
    }

    @Test("that waits is carried out or dropped, as a person decides", arguments: [true, false])
    func decided(_ isAccepted: Bool) async throws {
        let changes = ScriptedChanges(planned: .pending)
        try await bench.withEngine([ScriptedExecutor(["a": Self.writing("x")])], changes: changes) { engine, store in
            let run = try await engine.start(try bench.request("steps:\n" + step("a")))
            for await _ in run.events {}
            #expect(try await store.run(run.id).changes == .pending)
            let plan = try await engine.settleChanges(of: run.id, accept: isAccepted)
            #expect(plan.map(\.state) == [isAccepted ? .applied : .discarded])
            #expect(try await store.plan(of: run.id) == plan)
            #expect(try await store.run(run.id).changes == (isAccepted ? .applied : .discarded))
            #expect(changes.carriedOut == (isAccepted ? 1 : 0))
            await #expect(throws: EngineError.self) { try await engine.settleChanges(of: run.id, accept: isAccepted) }
        }
    }

    @Test("that was accepted is carried out when asked again after a crash in between")
    func acceptedThenCrashed() async throws {
        let changes = ScriptedChanges(planned: .pending, failing: 1)
        try await bench.withEngine([ScriptedExecutor(["a": Self.writing("x")])], changes: changes) { engine, store in
            let run = try await engine.start(try bench.request("steps:\n" + step("a")))
            for await _ in run.events {}
            await #expect(throws: EngineError.self) { try await engine.settleChanges(of: run.id, accept: true) }
            #expect(try await store.plan(of: run.id).map(\.state) == [.planned])
            let plan = try await engine.settleChanges(of: run.id, accept: true)
            #expect(plan.map(\.state) == [.applied])
        }
    }

    @Test("is decided about file by file, where a person names files")
    func decidedByFile() async throws {
        let changes = ScriptedChanges(planned: .pending)
        let executor = ScriptedExecutor(["a": Self.writing("x"), "b": Self.writing("y"), "c": Self.writing("z")])
        try await bench.withEngine([executor], changes: changes) { engine, store in
            let run = try await engine.start(try bench.request("steps:\n" + step("a") + step("b") + step("c")))
            for await _ in run.events {}
            let first = try await engine.settleChanges(of: run.id, accept: true, paths: ["y"])
            #expect(first.map(\.state) == [.pending, .applied, .pending])
            #expect(try await store.run(run.id).changes == .pending)
            await #expect(throws: EngineError.self) {
                try await engine.settleChanges(of: run.id, accept: true, paths: ["x", "other"])
            }
            let second = try await engine.settleChanges(of: run.id, accept: false, paths: ["x", "y"])
            #expect(second.map(\.state) == [.discarded, .applied, .pending])
            _ = try await engine.settleChanges(of: run.id, accept: true)
            #expect(try await store.plan(of: run.id).map(\.state) == [.discarded, .applied, .applied])
            #expect(try await store.run(run.id).changes == .applied)
        }
    }

    @Test("is taken back, but for files that were changed since; these can be later")
    func undone() async throws {
        let changes = ScriptedChanges(planned: .planned, changedSince: ["y"])
        let executor = ScriptedExecutor(["a": Self.writing("x"), "b": Self.writing("y"), "c": Self.writing("z")])
        try await bench.withEngine([executor], changes: changes) { engine, store in
            let run = try await engine.start(try bench.request("steps:\n" + step("a") + step("b") + step("c")))
            for await _ in run.events {}
            #expect(try await engine.undoChanges(of: run.id, paths: ["z"]).map(\.state) == [.applied, .applied, .undone])
            #expect(try await engine.undoChanges(of: run.id).map(\.state) == [.undone, .conflict, .undone])
            #expect(try await store.plan(of: run.id).map(\.state) == [.undone, .applied, .undone])
            #expect(try await store.run(run.id).changes == .applied)
            changes.changedSince.withLock { $0 = [] }
            #expect(try await engine.undoChanges(of: run.id).map(\.state) == [.undone, .undone, .undone])
            #expect(try await store.run(run.id).changes == .undone)
            await #expect(throws: EngineError.self) { try await engine.undoChanges(of: run.id) }
        }
    }

    @Test("is taken back when asked again after a crash in between")
    func undoneThenCrashed() async throws {
        let changes = ScriptedChanges(planned: .planned)
        let isRefusing = Mutex(true)
        let refusing = StoreHooks(willCommit: { commit throws(StoreError) in
            let isUndone = commit.plan.contains { $0.state == .undone }
            if isUndone, isRefusing.withLock({ $0 }) { throw .diskFull }
        })
        let executor = ScriptedExecutor(["a": Self.writing("x")])
        try await bench.withEngine([executor], changes: changes, hooks: refusing) { engine, store in
            let run = try await engine.start(try bench.request("steps:\n" + step("a")))
            for await _ in run.events {}
            await #expect(throws: EngineError.self) { try await engine.undoChanges(of: run.id) }
            #expect(try await store.run(run.id).changes == .applied)
            isRefusing.withLock { $0 = false }
            #expect(try await engine.undoChanges(of: run.id).map(\.state) == [.undone])
            #expect(try await store.run(run.id).changes == .undone)
        }
    }

    @Test("is carried over to its end, not cancelled, when it was half applied at a crash")
    func cancelledWhileApplying() async throws {
        let refusing = StoreHooks(willCommit: { commit throws(StoreError) in
            if commit.plan.contains(where: { $0.state == .applied }) { throw .diskFull }
        })
        let executor = ScriptedExecutor(["a": Self.writing("x")])
        let id = try await bench.withEngine([executor], hooks: refusing) { engine, store in
            let run = try await engine.start(try bench.request("steps:\n" + step("a")))
            for await _ in run.events {}
            #expect(try await store.plan(of: run.id).map(\.state) == [.planned])
            return run.id
        }
        try await bench.withEngine([executor]) { engine, store in
            try await engine.cancel(id)
            #expect(try await store.run(id).status == .succeeded)
            #expect(try await store.run(id).changes == .applied)
        }
    }

    @Test("loses what a reopened step had written; what other steps wrote stays")
    func reopened() async throws {
        let failing = ScriptedExecutor([
            "a": Self.writing("kept"), "b": { _ throws(StepFailure) in throw StepFailure(code: "no", message: "no") },
            "c": Self.writing("dropped"),
        ])
        let document = "steps:\n" + step("a") + step("b") + step("c", "if: failed()")
        let id = try await bench.withEngine([failing]) { engine, store in
            let run = try await engine.start(try bench.request(document))
            for await _ in run.events {}
            #expect(try await store.changes(of: run.id).map(\.change.path) == ["kept", "dropped"])
            return run.id
        }
        try await bench.withEngine([ScriptedExecutor()]) { engine, store in
            for await _ in try await engine.resume(id, secrets: SecretVault(values: [:], nonce: "n")).events {}
            #expect(try await store.report(of: id).shape == "a:succeeded b:succeeded c:skipped(if)")
            #expect(try await store.changes(of: id).map(\.change.path) == ["kept"])
        }
    }
}

/// Plans every change in one state and carries plans out, after a number of tries that fail.
final class ScriptedChanges: ChangeApplying {
    private let planned: PlannedChange.State
    private let failures: Mutex<Int>
    private let count = Mutex(0)

    let changedSince: Mutex<Set<String>>

    init(planned: PlannedChange.State, failing: Int = 0, changedSince: Set<String> = []) {
        self.planned = planned
        self.changedSince = Mutex(changedSince)
        failures = Mutex(failing)
    }

    var carriedOut: Int { count.withLock { $0 } }

    func plan(_ changes: [FileChange], policy: ChangePolicy, workspace: String) -> [PlannedChange] {
        changes.map { PlannedChange(path: $0.path, before: nil, after: nil, sizeBytes: nil, state: planned) }
    }

    func carryOut(
        _ plan: [PlannedChange], of run: ID<Run>, policy: ChangePolicy, workspace: String
    ) throws(StepFailure) -> [PlannedChange] {
        guard plan.contains(where: { $0.state == .planned }) else { return plan }
        let fails = failures.withLock { left in
            left -= 1
            return left >= 0
        }
        if fails { throw StepFailure(code: "storage_error", message: "cut off") }
        count.withLock { $0 += 1 }
        return plan.map { change in
            var change = change
            if change.state == .planned { change.state = .applied }
            return change
        }
    }

    func undo(
        _ plan: [PlannedChange], of run: ID<Run>, workspace: String
    ) throws(StepFailure) -> [PlannedChange] {
        plan.map { change in
            var change = change
            if change.state == .applied { change.state = changedSince.withLock { $0.contains(change.path) } ? .conflict : .undone }
            return change
        }
    }
}
