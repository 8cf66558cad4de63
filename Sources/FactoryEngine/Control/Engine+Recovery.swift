public import FactoryDomain
import FactoryJSON
public import FactorySecrets
import FactoryStore

extension Engine {
    /// How many unfinished runs are looked up at once.
    private static let page = 100

    /// Takes over every run that has not ended, at the start of a server. A paused run stays paused.
    ///
    /// Runs are read one by one, oldest first. One that cannot go on, because its document or its inputs cannot be
    /// read, ends failed and says why.
    ///
    /// - Parameter secrets: what a run may use; it ends failed where that cannot be had.
    public func recover(
        secrets: @Sendable (RunRecord) async throws(StepFailure) -> SecretVault
    ) async throws(EngineError) -> [DrivenRun] {
        var recovered: [DrivenRun] = []
        var last: ID<Run>?
        while true {
            let after = last
            let page = try await stored { store throws(StoreError) in
                try await store.unfinished(after: after, limit: Self.page)
            }
            guard let end = page.last else { return recovered }
            for id in page {
                if let run = try await recover(id, secrets) { recovered.append(run) }
            }
            last = end
        }
    }

    private func recover(
        _ id: ID<Run>, _ secrets: (RunRecord) async throws(StepFailure) -> SecretVault
    ) async throws(EngineError) -> DrivenRun? {
        guard try await register.claim(id) == nil else { return nil }
        let record: RunRecord
        do throws(EngineError) {
            record = try await stored { store throws(StoreError) in try await store.run(id) }
        } catch {
            register.release(id, failure: nil)
            throw error
        }
        guard !record.status.isFinal else {
            register.release(id, failure: nil)
            return nil
        }
        let vault: SecretVault
        do throws(StepFailure) { vault = try await secrets(record) } catch {
            guard record.pausedAt != nil else {
                defer { register.release(id, failure: nil) }
                try await end(id, error)
                return nil
            }
            // Who ends the pause brings secrets along, or is told that there are none.
            vault = SecretVault(values: [:], nonce: id.rawValue)
        }
        do throws(EngineError) {
            return try await takingOver(id, secrets: vault) { _ in .nothing }
        } catch {
            guard let failure = error.ofTheRun else { throw error }
            guard try await register.claim(id) == nil else { return nil }
            defer { register.release(id, failure: nil) }
            try await end(id, failure)
            return nil
        }
    }

    /// Ends a run that cannot be driven: what ran is lost, what had not ended is cancelled.
    private func end(_ id: ID<Run>, _ failure: StepFailure) async throws(EngineError) {
        var (record, steps, attempts, last) = try await stored { store throws(StoreError) in
            (
                try await store.run(id), try await store.steps(of: id), try await store.attempts(of: id),
                try await store.lastEvent(of: id)
            )
        }
        let now = context.now()
        var commit = RunCommit(run: id, number: record.number, lease: context.lease)
        let note = { (kind: RunEvent.Kind, step: String?, data: JSON) in
            last += 1
            commit.events.append(RunEvent(sequence: last, at: now, kind: kind, step: step, data: data))
        }
        let paths = Dictionary(uniqueKeysWithValues: steps.map { ($0.id, $0.path) })
        for attempt in attempts where attempt.status == .running {
            commit.settled.append(
                AttemptSettlement(
                    attempt: attempt.id, startEvent: attempt.startEvent, of: attempt.stepRun, status: .lost,
                    error: .attemptLost, finishedAt: now))
            note(.attemptLost, paths[attempt.stepRun], ["attempt": .int(Int64(attempt.number))])
        }
        for place in steps.indices where !steps[place].status.isFinal {
            steps[place].finishedAt = now
            steps[place].retryDueAt = nil
            if steps[place].startedAt == nil {
                let skip = SkipRecord(reason: .cancelled, text: "the run could not go on")
                steps[place].status = .skipped
                steps[place].skipped = skip
                note(.stepSkipped, steps[place].path, skip.eventData)
            } else {
                steps[place].status = .cancelled
                note(.stepCancelled, steps[place].path, [:])
            }
            commit.steps.append(steps[place])
        }
        record.status = .failed
        record.error = failure
        record.pausedAt = nil
        record.finishedAt = now
        commit.runState = RunState(record)
        note(.runFinished, nil, ["status": .string(record.status.rawValue), "error": failure.json])
        try await keep(commit)
    }
}

extension EngineError {
    /// This error as the reason why a run failed, where it is the run that cannot go on, not the engine.
    fileprivate var ofTheRun: StepFailure? {
        switch self {
        case .invalidDocument:
            StepFailure(
                code: "invalid_document", message: description,
                hint: "resume the run with the version of the program that started it")
        case .storage(let reason):
            StepFailure(
                code: "storage_error", message: reason, hint: "restore the missing data, then resume the run")
        default: nil
        }
    }
}
