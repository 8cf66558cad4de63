public import FactoryDomain
import FactoryJSON
import FactoryStore

extension Engine {
    /// Decides about the changes of a succeeded run that wait: carries them out, or drops them. What was accepted
    /// before and interrupted is carried out in any case.
    ///
    /// - Parameter paths: decides about these alone, the others go on waiting; nil for all.
    /// - Returns: the plan as it stands afterwards; a path whose file has changed meanwhile is in `conflict`.
    public func settleChanges(
        of id: ID<Run>, accept: Bool, paths: Set<String>? = nil
    ) async throws(EngineError) -> [PlannedChange] {
        guard try await register.claim(id) == nil else { throw .nothingPending(id) }
        defer { register.release(id, failure: nil) }
        let record = try await stored { store throws(StoreError) in try await store.run(id) }
        var plan = try await stored { store throws(StoreError) in try await store.plan(of: id) }
        guard record.status == .succeeded, ChangesStatus(plan) == .pending else { throw .nothingPending(id) }
        try check(paths, in: plan, of: id)
        let before = plan
        for place in plan.indices where paths?.contains(plan[place].path) ?? true {
            switch plan[place].state {
            case .pending: plan[place].state = accept ? .planned : .discarded
            // What cannot be applied can still be dropped.
            case .conflict where !accept: plan[place].state = .discarded
            default: break
            }
        }
        if plan.contains(where: { $0.state == .planned }) {
            var commit = RunCommit(run: id, number: record.number, lease: context.lease)
            commit.plan = plan
            try await keep(commit)
            do throws(StepFailure) {
                // The policy asked for this person's word and has it: what can be applied is, whatever else cannot.
                plan = try await context.changes.carryOut(
                    plan, of: id, policy: .review, workspace: record.workspace)
            } catch {
                let failure = EngineError(changes: error)
                // Nothing was changed, so the decision can be made anew.
                if case .noRoom = failure { try await keep(before, of: record) }
                throw failure
            }
        }
        try await keep(plan, of: record)
        return plan
    }

    /// Takes back what a succeeded run has changed, file by file, where the file is still what the run wrote.
    ///
    /// Interrupted at any point it leaves files that are as before or as after, and the plan as it was; asked for again
    /// it goes on to the same end.
    /// - Parameter paths: takes back these alone; nil for all.
    /// - Returns: the plan as it stands afterwards; a path that was changed since is in `conflict`. It stays applied,
    ///   so that it can be taken back when it is again what the run wrote.
    public func undoChanges(of id: ID<Run>, paths: Set<String>? = nil) async throws(EngineError) -> [PlannedChange] {
        guard try await register.claim(id) == nil else { throw .nothingApplied(id) }
        defer { register.release(id, failure: nil) }
        let record = try await stored { store throws(StoreError) in try await store.run(id) }
        let plan = try await stored { store throws(StoreError) in try await store.plan(of: id) }
        try check(paths, in: plan, of: id)
        let applied = plan.filter { $0.state == .applied && (paths?.contains($0.path) ?? true) }
        guard record.status == .succeeded, !applied.isEmpty else { throw .nothingApplied(id) }
        let done: [PlannedChange]
        do throws(StepFailure) {
            done = try await context.changes.undo(applied, of: id, workspace: record.workspace)
        } catch { throw EngineError(changes: error) }
        let states = Dictionary(uniqueKeysWithValues: done.map { ($0.path, $0.state) })
        var (kept, told) = (plan, plan)
        for place in plan.indices {
            guard let state = states[plan[place].path] else { continue }
            kept[place].state = state == .undone ? .undone : .applied
            told[place].state = state
        }
        try await keep(kept, of: record)
        return told
    }

    private func check(_ paths: Set<String>?, in plan: [PlannedChange], of id: ID<Run>) throws(EngineError) {
        let known = Set(plan.map(\.path))
        if let unknown = paths?.subtracting(known).min() { throw .unknownChange(unknown, in: id) }
    }

    /// Keeps a plan that was moved on, and what it makes of the run.
    private func keep(_ plan: [PlannedChange], of run: RunRecord) async throws(EngineError) {
        var record = run
        record.changes = ChangesStatus(plan)
        let last = try await stored { store throws(StoreError) in try await store.lastEvent(of: run.id) }
        var commit = RunCommit(run: run.id, number: run.number, lease: context.lease)
        commit.plan = plan
        commit.runState = RunState(record)
        commit.events = [
            RunEvent(
                sequence: last + 1, at: context.now(), kind: .runChanges,
                data: ["status": .string(record.changes.rawValue)])
        ]
        try await keep(commit)
    }
}

extension EngineError {
    /// Why changes could not be carried out or taken back.
    fileprivate init(changes failure: StepFailure) {
        if failure.isDiskFull {
            self = .store(.diskFull)
        } else if failure.code == "quota_exceeded" {
            self = .noRoom(reason: failure.message)
        } else {
            self = .storage(reason: failure.message)
        }
    }
}
