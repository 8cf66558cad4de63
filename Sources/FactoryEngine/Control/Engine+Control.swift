public import FactoryDomain
public import FactorySecrets
import FactoryStore

/// What a person does to a run. Whatever returns has reached the disk.
extension Engine {
    /// Lets what runs in a run end and starts nothing more: the run is `waiting` until it is resumed, also after a
    /// restart.
    ///
    /// - Throws: ``EngineError/isPaused(_:)`` where it is paused already, ``EngineError/hasEnded(_:_:)`` where there is
    ///   nothing left to hold back.
    public func pause(_ id: ID<Run>) async throws(EngineError) {
        guard try await asked(.pause, of: id) == false else { return }
        defer { register.release(id, failure: nil) }
        var record = try await stored { store throws(StoreError) in try await store.run(id) }
        guard !record.status.isFinal else { throw .hasEnded(id, record.status) }
        guard record.pausedAt == nil else { throw .isPaused(id) }
        guard record.cancelRequestedAt == nil else { throw .isCancelling(id) }
        let last = try await stored { store throws(StoreError) in try await store.lastEvent(of: id) }
        let now = context.now()
        record.pausedAt = now
        record.status = .waiting
        var commit = RunCommit(run: id, number: record.number, lease: context.lease)
        commit.runState = RunState(record)
        commit.events = [RunEvent(sequence: last + 1, at: now, kind: .runPaused)]
        try await keep(commit)
    }

    /// Continues a run that is paused, was interrupted, failed or was cancelled: steps that succeeded are kept, the
    /// others run.
    ///
    /// A run that was interrupted while it was being cancelled ends as cancelled. `secrets` take the place of those a
    /// paused run had.
    ///
    /// - Throws: ``EngineError/isRunning(_:)`` where nothing holds it up, ``EngineError/hasEnded(_:_:)`` where it
    ///   succeeded.
    public func resume(_ id: ID<Run>, secrets: SecretVault) async throws(EngineError) -> DrivenRun {
        // Watched from before, so that nothing that follows is missed.
        let events = context.hub.watch(id)
        if try await asked(.resume(secrets), of: id) { return DrivenRun(id: id, events: events) }
        return try await takingOver(id, secrets: secrets) { record throws(EngineError) in
            guard record.status != .succeeded else { throw .hasEnded(id, record.status) }
            record.pausedAt = nil
            return record.status.isFinal ? .ended : .nothing
        }
    }

    /// Runs an ended run once more, in place; attempts are numbered on.
    ///
    /// - Parameter step: the step to begin with: it and everything after it runs anew, what they had is dropped, all
    ///   else is kept as it ended, branches taken included. nil: every step that failed unhandled, was cancelled, or
    ///   was skipped for that.
    /// - Throws: ``EngineError/isRunning(_:)`` or ``EngineError/hasNotEnded(_:)`` for a run that has not ended,
    ///   ``EngineError/nothingToRetry(_:)``, ``EngineError/unknownStep(_:in:)``, and
    ///   ``EngineError/changesCarriedOut(_:)`` where steps that would be kept have changed the workspace already.
    public func retry(
        _ id: ID<Run>, from step: String?, secrets: SecretVault
    ) async throws(EngineError) -> DrivenRun {
        guard try await asked(.leave, of: id) == false else { throw .isRunning(id) }
        return try await takingOver(id, secrets: secrets) { record throws(EngineError) in
            guard record.status.isFinal else { throw .hasNotEnded(id) }
            guard let step else {
                guard record.status != .succeeded else { throw .nothingToRetry(id) }
                return .retried
            }
            return .retriedFrom(step)
        }
    }

    /// Cancels a run: at once if this engine drives it; one that was interrupted is brought to its end as cancelled.
    public func cancel(_ id: ID<Run>) async throws(EngineError) {
        if let driver = try await register.claim(id) { return driver.tell(.cancel) }
        let driven = try await takingOver(id, secrets: SecretVault(values: [:], nonce: id.rawValue)) {
            record throws(EngineError) in
            guard !record.status.isFinal else { throw .hasEnded(id, record.status) }
            record.cancelRequestedAt = record.cancelRequestedAt ?? self.context.now()
            record.pausedAt = nil
            return .nothing
        }
        for await _ in driven.events {}
        if let failure = failure(of: id) { throw .store(failure) }
    }
}

extension Engine {
    /// Puts `question` to the driver of the run. False where there is none, or it has just left: then the run is
    /// claimed for the caller.
    private func asked(_ question: RunDriver.Question, of id: ID<Run>) async throws(EngineError) -> Bool {
        while let driver = try await register.claim(id) {
            switch await driver.ask(question) {
            case .done: return true
            case .refused(let error): throw error
            case .left: await register.change(of: id, while: driver)
            }
        }
        return false
    }
}
