public import FactoryDomain
import FactoryJSON
import FactoryStore

extension Engine {
    /// Decides about the changes of a succeeded run that wait: carries them out, or drops them. What was accepted
    /// before and interrupted is carried out in any case.
    ///
    /// - Returns: the plan as it stands afterwards; a path whose file has changed meanwhile is in `conflict`.
    public func settleChanges(of id: ID<Run>, accept: Bool) async throws(EngineError) -> [PlannedChange] {
        guard try await register.claim(id) == nil else { throw .nothingPending(id) }
        defer { register.release(id, failure: nil) }
        var record = try await stored { store throws(StoreError) in try await store.run(id) }
        var plan = try await stored { store throws(StoreError) in try await store.plan(of: id) }
        guard record.status == .succeeded, ChangesStatus(plan) == .pending else { throw .nothingPending(id) }
        for place in plan.indices {
            switch plan[place].state {
            case .pending: plan[place].state = accept ? .planned : .discarded
            // What cannot be applied can still be dropped.
            case .conflict where !accept: plan[place].state = .discarded
            default: break
            }
        }
        var sequence = try await stored { store throws(StoreError) in try await store.lastEvent(of: id) }
        var commit = RunCommit(run: id, number: record.number, lease: context.lease)
        if plan.contains(where: { $0.state == .planned }) {
            commit.plan = plan
            try await keep(commit)
            do throws(StepFailure) {
                // The policy asked for this person's word and has it: what can be applied is, whatever else cannot.
                plan = try await context.changes.carryOut(
                    plan, of: id, policy: .review, workspace: record.workspace)
            } catch { throw error.isDiskFull ? .store(.diskFull) : .storage(reason: error.message) }
        }
        record.changes = ChangesStatus(plan)
        sequence += 1
        commit = RunCommit(run: id, number: record.number, lease: context.lease)
        commit.plan = plan
        commit.runState = RunState(record)
        commit.events = [
            RunEvent(
                sequence: sequence, at: context.now(), kind: .runChanges,
                data: ["status": .string(record.changes.rawValue)])
        ]
        try await keep(commit)
        return plan
    }
}
