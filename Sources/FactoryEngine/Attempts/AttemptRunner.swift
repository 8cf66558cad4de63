import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryExpressions
import FactoryJSON
import FactorySecrets
import FactoryStore

/// Carries out one attempt: renders the step's fields, runs its executor against the clock, shapes the output.
///
/// Nothing is decided here and nothing written but blobs; whatever happens becomes a report.
struct AttemptRunner: Sendable {
    let executors: [String: any StepExecutor]
    let values: ValueStore
    let deadlines: Deadlines
    let room: RoomWatch
    let now: @Sendable () -> Timestamp

    func run(
        _ order: AttemptOrder, announce: @escaping @Sendable (Announcement) -> Void
    ) async -> (with: StoredValue?, result: AttemptReport.Result) {
        var with: StoredValue?
        var timePassed = false
        do throws(StepFailure) {
            let scope = try stored { () throws(BlobError) in
                try order.view.scope(for: order.references, values: values, now: Moment(now()))
            }
            let rendered = try render(order.step, in: scope)
            with = try await kept(order.secrets.conceal(rendered))
            guard let executor = executors[order.step.type] else {
                throw StepFailure(
                    code: "not_in_this_build", message: "no executor for the step type \(order.step.type)")
            }
            let work = StepWork(
                run: order.run, stepRun: order.stepRun, attempt: order.attempt, attemptNumber: order.number,
                step: order.step, with: rendered, scope: scope, secrets: order.secrets, owner: order.owner,
                workspace: order.workspace, cassette: order.cassette,
                settledChanges: order.settledChanges.map(\.change), announce: announce)
            let outcome = try await room.write(isFull: \.isDiskFull) { () async throws(StepFailure) in
                try await self.outcome(of: executor, work, &timePassed)
            }
            if Task.isCancelled { return (with, .stopped) }
            do throws(StepFailure) {
                return (with, .succeeded(try await success(outcome, order, in: scope)))
            } catch { throw error.using(outcome.output.usage) }
        } catch {
            // A timeout cancels this task too, and is a failure all the same.
            if Task.isCancelled, !timePassed { return (with, .stopped) }
            return (with, await failure(error, order))
        }
    }

    private func render(_ step: Step, in scope: Scope) throws(StepFailure) -> JSON {
        do throws(FieldError) { return try step.fields.render(in: scope) } catch {
            throw .expression(error.error, in: error.path)
        }
    }

    /// What the executor gives within the step's timeout. When it passes this task is cancelled and the executor waited
    /// for: nothing it started outlives the attempt.
    private func outcome(
        of executor: any StepExecutor, _ work: StepWork, _ timePassed: inout Bool
    ) async throws(StepFailure) -> StepOutcome {
        let timeout = work.step.timeout
        let task = CancellableTask()
        let deadline = deadlines.set(after: timeout) { task.cancel() }
        let result = await task.running { () async -> Result<StepOutcome, StepFailure> in
            do throws(StepFailure) { return .success(try await executor.execute(work)) } catch {
                return .failure(error)
            }
        }
        timePassed = !deadlines.remove(deadline)
        guard !timePassed else { throw .timeout(after: timeout).using(result.usage) }
        return try result.get()
    }

    private func success(
        _ outcome: StepOutcome, _ order: AttemptOrder, in scope: Scope
    ) async throws(StepFailure) -> AttemptReport.Success {
        let output = outcome.output
        // A path is kept as it is, so it cannot be concealed.
        guard output.changes.allSatisfy({ order.secrets.conceal($0.path) == $0.path }) else {
            throw .secretInPath
        }
        let value = try shaped(output.value, by: order.step.outputs, in: scope)
        let stored = try await kept(order.secrets.conceal(value))
        return AttemptReport.Success(
            output: stored, decision: outcome.decision, usage: output.usage, changes: output.changes,
            warnings: output.warnings.map(order.secrets.conceal), isolation: output.isolation)
    }

    /// The step's `outputs` over its result, or the result as it is.
    private func shaped(
        _ result: JSON, by outputs: [NamedExpression]?, in scope: Scope
    ) throws(StepFailure) -> JSON {
        guard let outputs else { return result }
        var scope = scope
        scope["result"] = result
        var object: JSONObject = [:]
        for output in outputs {
            do throws(ExpressionError) { object[output.name] = try output.expression.json(in: scope) } catch {
                throw .expression(error, in: "outputs.\(output.name)")
            }
        }
        return .object(object)
    }

    private func failure(_ failure: StepFailure, _ order: AttemptOrder) async -> AttemptReport.Result {
        guard !failure.isDiskFull else { return .noRoom }
        var shown = failure.concealed(by: order.secrets)
        shown.output = nil
        guard let output = failure.output else { return .failed(shown, output: nil) }
        do throws(StepFailure) { return .failed(shown, output: try await kept(order.secrets.conceal(output))) } catch {
            return error.isDiskFull ? .noRoom : .failed(error.using(failure.usage), output: nil)
        }
    }

    /// `value` as a row holds it; where the disk is full, as soon as there is room.
    private func kept(_ value: JSON) async throws(StepFailure) -> StoredValue {
        do throws(BlobError) {
            return try await room.write(isFull: { $0 == .diskFull }) { () throws(BlobError) in
                try values.store(value)
            }
        } catch { throw .storage(error) }
    }

    private func stored<Value>(_ body: () throws(BlobError) -> Value) throws(StepFailure) -> Value {
        do throws(BlobError) { return try body() } catch { throw .storage(error) }
    }
}

extension StepOutcome {
    fileprivate var output: StepOutput {
        switch self {
        case .output(let output), .branches(_, let output): output
        }
    }

    fileprivate var decision: BranchDecision? { if case .branches(let decision, _) = self { decision } else { nil } }
}

extension Result<StepOutcome, StepFailure> {
    /// What model calls used, whichever way it went.
    fileprivate var usage: Usage? {
        switch self {
        case .success(let outcome): outcome.output.usage
        case .failure(let failure): failure.usage
        }
    }
}

extension Moment {
    /// The moment of a timestamp.
    init(_ timestamp: Timestamp) {
        let seconds = timestamp.milliseconds.quotientAndRemainder(dividingBy: 1_000)
        self.init(seconds: seconds.quotient, nanoseconds: Int32(seconds.remainder * 1_000_000))
    }
}
