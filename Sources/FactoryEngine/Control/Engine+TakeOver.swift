import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryJSON
import FactorySecrets
import FactoryStore

extension Engine {
    /// Reads the run, which the caller has claimed, and drives it on; gives the claim back where that fails.
    ///
    /// - Parameter prepare: decides by the run's record, which it may change, what of an end is taken back.
    func takingOver(
        _ id: ID<Run>, secrets: SecretVault,
        _ prepare: (inout RunRecord) throws(EngineError) -> Reopening
    ) async throws(EngineError) -> DrivenRun {
        let (driver, start): (RunDriver, RunStart)
        do throws(EngineError) {
            var record = try await stored { store throws(StoreError) in try await store.run(id) }
            let reopening = try prepare(&record)
            let pipeline = try Self.pipeline(of: record)
            start = try await stand(of: record, pipeline, reopening, secrets)
            driver = RunDriver(
                context: context, pipeline: pipeline, secrets: secrets, waiterID: register.nextNumber(), start: start)
            try register.enter(id, driver)
        } catch {
            register.release(id, failure: nil)
            throw error
        }
        context.hub.open(id, after: start.lastSequence)
        let events = context.hub.watch(id)
        do throws(StoreError) { try await driver.takeOver(start) } catch {
            await driver.leavePlaces()
            leave(id, failure: error)
            throw .store(error)
        }
        try await drive(id, driver)
        return DrivenRun(id: id, events: events)
    }

    /// The pipeline that the run's snapshot describes.
    static func pipeline(of record: RunRecord) throws(EngineError) -> Pipeline {
        let reading = DocumentReader(foresees: false).read(record.document)
        guard let pipeline = reading.pipeline else { throw .invalidDocument(reading.problems) }
        return pipeline
    }

    private func stand(
        of record: RunRecord, _ pipeline: Pipeline, _ reopening: Reopening, _ secrets: SecretVault
    ) async throws(EngineError) -> RunStart {
        let id = record.id
        let (inputs, trigger): (JSON, JSON?)
        do throws(BlobError) {
            inputs = try context.values.load(record.inputs)
            trigger = try record.triggerValue.map { value throws(BlobError) in try context.values.load(value) }
        } catch { throw .storage(reason: error.description) }
        let (steps, attempts, changes, last) = try await stored { store throws(StoreError) in
            (
                try await store.steps(of: id), try await store.attempts(of: id), try await store.changes(of: id),
                try await store.lastEvent(of: id)
            )
        }
        let start = try RunStart.stored(
            record, steps, attempts, changes: changes, lastSequence: last, pipeline: pipeline, inputs: inputs,
            trigger: trigger, secrets: secrets, reopening: reopening)
        guard case .retriedFrom = reopening, !start.settledChanges.isEmpty else { return start }
        let plan = try await stored { store throws(StoreError) in try await store.plan(of: id) }
        // What is in the workspace already would be staged, and so appended, once more.
        let isCarriedOut = plan.contains { $0.state == .applied || $0.state == .planned }
        guard record.changes == .conflict || !isCarriedOut else { throw .changesCarriedOut(id) }
        return start
    }
}
