import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryExpressions
import FactoryJSON
import FactorySecrets
import FactoryStore

extension RunDriver {
    /// Brings a run whose steps are all settled to its final status: evaluates the outputs, carries the change set
    /// over, writes the end.
    func finish() async throws(StoreError) {
        guard let outcome else { return }
        blobLeases.append(context.values.blobs.lease())
        switch outcome {
        case .cancelled: record.status = .cancelled
        case .failed(let step):
            record.status = .failed
            record.error = steps[step].error
        case .nothingEnabled: fail(.nothingEnabled)
        case .succeeded: try await succeed()
        }
        record.pausedAt = nil
        record.finishedAt = context.now()
        commit.runState = RunState(record)
        var data: JSONObject = ["status": .string(record.status.rawValue)]
        if let error = record.error { data["error"] = error.json }
        append(.runFinished, labelled(.object(data)))
        try await keep()
    }

    private func fail(_ failure: StepFailure) {
        record.status = .failed
        record.error = failure
    }

    private func succeed() async throws(StoreError) {
        switch try await withRoom({ () throws(StepFailure) in try outputs() }) {
        case .success(let outputs): record.outputs = outputs
        case .failure(let failure): return fail(failure)
        }
        record.status = .succeeded
        guard !settledChanges.isEmpty else { return }
        // A plan that is there already was made before a crash: the workspace may hold half of it.
        var plan = try await context.store.plan(of: record.id)
        if plan.isEmpty {
            switch try await planned() {
            case .success(let made): plan = made
            case .failure(let failure): return conflict(failure)
            }
            commit.plan = plan
            try await keep()
        }
        switch try await carriedOut(plan) {
        case .success(let done):
            commit.plan = done
            record.changes = ChangesStatus(done)
            append(.runChanges, ["status": .string(record.changes.rawValue)])
        case .failure(let failure): conflict(failure)
        }
    }

    private func conflict(_ failure: StepFailure) {
        fail(failure)
        record.outputs = nil
        record.changes = .conflict
        append(.runChanges, ["status": .string(record.changes.rawValue)])
    }

    private func planned() async throws(StoreError) -> Result<[PlannedChange], StepFailure> {
        try await withRoom { () async throws(StepFailure) in
            try await context.changes.plan(
                settledChanges.map(\.change), policy: pipeline.changes, workspace: record.workspace)
        }
    }

    private func carriedOut(_ plan: [PlannedChange]) async throws(StoreError) -> Result<[PlannedChange], StepFailure> {
        try await withRoom { () async throws(StepFailure) in
            try await context.changes.carryOut(
                plan, of: record.id, policy: pipeline.changes, workspace: record.workspace)
        }
    }

    /// What the document's `outputs` give; without them the outputs of the steps that no other step needs, by id. Of a
    /// step that is run alone its own output.
    private func outputs() throws(StepFailure) -> StoredValue {
        do {
            return try context.values.store(secrets.conceal(try evaluateOutputs()))
        } catch let error as BlobError {
            throw .storage(error)
        } catch let error as StepFailure {
            throw error.concealed(by: secrets)
        } catch {
            throw StepFailure(code: "expression_error", message: String(describing: error))
        }
    }

    private func evaluateOutputs() throws -> JSON {
        var object: JSONObject = [:]
        guard let outputs = pipeline.outputs, record.only == nil else {
            for (place, step) in steps.enumerated() where machine.plan.dependents[place].isEmpty && record.runs(step) {
                if let output = step.output, step.status == .succeeded || step.isHandled {
                    object[step.stepID] = try context.values.load(output)
                }
            }
            return .object(object)
        }
        let scope = try view.scope(
            for: outputs.flatMap(\.expression.references), values: context.values, now: Moment(context.now()))
        for output in outputs {
            do throws(ExpressionError) { object[output.name] = try output.expression.json(in: scope) } catch {
                throw StepFailure.expression(error, in: "outputs.\(output.name)")
            }
        }
        return .object(object)
    }
}

extension StepFailure {
    /// A run in which every step was disabled.
    static let nothingEnabled = StepFailure(
        code: "no_enabled_steps", message: "every step of the pipeline is disabled",
        hint: "remove `enabled: false` from at least one step")
}
