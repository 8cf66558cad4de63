import FactoryDefinition
import FactoryDomain
import FactoryJSON
import FactorySecrets
import FactoryStore

extension RunDriver {
    /// Takes in how an attempt went. Its file changes count only from here on, and only if no other step stands in
    /// their way.
    func settle(_ report: AttemptReport) {
        let place = report.place
        leavePlace(of: place)
        commit.logs += report.logs
        blobLeases.append(report.blobLease)
        var result = report.result
        if case .succeeded(let success) = result,
            let conflict = writeConflicts.first(in: success.changes, of: place, plan: machine.plan)
        {
            let other = steps[conflict.other.position].stepID
            var failure = StepFailure.writeConflict(
                path: conflict.path, otherPath: conflict.other.change.path, with: other)
            failure.usage = success.usage
            result = .failed(failure, output: success.output)
        }
        switch result {
        case .succeeded(let success): succeed(place, report, success)
        case .failed(let failure, let output): fail(place, report, failure, output)
        case .stopped:
            settleAttempt(report, .cancelled)
            perform(machine.apply(.stopped(place)))
        case .noRoom: lacksRoom = true
        }
    }

    /// Writes down the state in which the machine left a step for good.
    func settled(_ place: Int) {
        steps[place].finishedAt = context.now()
        steps[place].retryDueAt = nil
        changedSteps.insert(place)
        switch machine.steps[place] {
        case .succeeded(let branch):
            steps[place].status = .succeeded
            steps[place].branch = branch
            var data: JSONObject = ["attempt": .int(Int64(attemptNumbers[place]))]
            if let branch { data["branch"] = .string(branch) }
            if let usage = steps[place].usage { data["usage"] = usage.json }
            append(.stepSucceeded, step: place, .object(data))
        case .failed(let handled): failed(place, handled: handled)
        case .cancelled:
            steps[place].status = .cancelled
            append(.stepCancelled, step: place, ["attempt": .int(Int64(attemptNumbers[place]))])
        case .skipped(let reason):
            let skip = SkipRecord(reason: reason, text: text(of: reason, for: place))
            steps[place].status = .skipped
            steps[place].skipped = skip
            append(.stepSkipped, step: place, skip.eventData)
        case .pending, .deciding, .ready, .running, .retrying: break
        }
        view.steps[steps[place].stepID] = RunView.StepEntry(steps[place])
    }

    private func succeed(_ place: Int, _ report: AttemptReport, _ success: AttemptReport.Success) {
        settleAttempt(report, .succeeded)
        steps[place].output = success.output
        count(success.usage, of: place)
        steps[place].warnings += success.warnings
        steps[place].isolation = success.isolation
        // An error of an earlier attempt is no longer the step's.
        steps[place].error = success.decision?.failureMessage.map {
            StepFailure(code: "condition_failed", message: secrets.conceal($0))
        }
        let changes = success.changes.map {
            SettledChange(stepRun: steps[place].id, position: place, change: $0)
        }
        settledChanges += changes
        for change in changes { writeConflicts.add(change) }
        commit.changes += changes
        for warning in success.warnings { append(.warning, step: place, ["text": .string(warning)]) }
        perform(machine.apply(.succeeded(place, branch: success.decision?.name)))
    }

    private func fail(_ place: Int, _ report: AttemptReport, _ failure: StepFailure, _ output: StoredValue?) {
        settleAttempt(report, .failed, failure)
        steps[place].error = failure
        steps[place].output = output
        steps[place].isolation = failure.isolation
        count(failure.usage, of: place)
        append(.attemptFailed, step: place, ["attempt": .int(Int64(attemptNumbers[place])), "error": failure.json])
        perform(machine.apply(.failed(place, failure.class, retryAfter: failure.retryAfter)))
    }

    /// Adds up what all attempts of a step used, and keeps each for the account of its model.
    private func count(_ usage: Usage?, of place: Int) {
        guard let usage else { return }
        commit.modelUse.append(ModelUse(usage, at: context.now()))
        steps[place].usage = steps[place].usage.map { $0 + usage } ?? usage
    }

    private func failed(_ place: Int, handled: Bool) {
        steps[place].status = .failed
        steps[place].isHandled = handled
        if handled {
            if case .value(let value) = pipeline.steps[place].onError {
                steps[place].output = .inline(value)
            } else {
                steps[place].output = nil
            }
        }
        let error = steps[place].error ?? .lost
        steps[place].error = error
        append(.stepFailed, step: place, ["error": error.json, "handled": .bool(handled)])
    }

    private func settleAttempt(_ report: AttemptReport, _ status: AttemptStatus, _ error: StepFailure? = nil) {
        commit.settled.append(
            AttemptSettlement(
                attempt: report.attempt, startEvent: report.startEvent, of: steps[report.place].id, status: status,
                error: error, with: report.with, finishedAt: context.now()))
    }

    private func text(of reason: SkipReason, for place: Int) -> String {
        switch reason {
        case .if: return "its `if` was false"
        case .disabled: return "it is disabled"
        case .cancelled: return "the run was cancelled before it could start"
        case .notAskedFor: return "another step was run alone"
        case .branch:
            let deciders = machine.plan.deciders[place].map { "`\(machine.plan.nodes[$0].id)`" }
            if !deciders.isEmpty { return "\(deciders.joined(separator: ", ")) took another branch" }
            return machine.isEnding ? "a condition ended the run" : "no branch that leads to it was taken"
        case .upstreamFailed:
            let failed = machine.plan.ancestors(of: place).sorted()
                .filter { machine.steps[$0] == .failed(handled: false) }
                .map { "`\(machine.plan.nodes[$0].id)`" }
            return "\(failed.joined(separator: ", ")) failed"
        }
    }
}

extension SkipRecord {
    /// What is told of it.
    var eventData: JSON { ["code": .string(reason.rawValue), "text": .string(text)] }
}

extension RunView.StepEntry {
    /// What is visible of a step run.
    init(_ record: StepRunRecord) {
        self.init(status: record.status, output: record.output, error: record.error)
    }
}
