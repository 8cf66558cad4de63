import FactoryDomain
import FactoryJSON

/// Writes a line for what happens in runs: `info` for runs, `debug` for steps and attempts, `warning` for failures that
/// are not the end.
struct RunLog: Sendable {
    private let log: Log

    init(_ log: Log) { self.log = log }

    func note(_ fact: RunFact, of run: RunRecord) {
        switch fact {
        case .runBegan(let isNew):
            log(
                .info, "run", message: isNew ? "run started" : "run taken up again",
                fields: fields(run, ["trigger": .string(run.trigger)]))
        case .runEnded: ended(run)
        case .stepEnded(let step): ended(step, of: run)
        case .attemptBegan(let attempt):
            log(.debug, "attempt", attempt.step.type, message: "attempt started", fields: fields(run, attempt))
        case .attemptEnded(let attempt): ended(attempt, of: run)
        case .retryDue(let step):
            log(
                .info, "step", step.type, message: "step waits for its next attempt",
                fields: fields(run, step, ["due": .string(step.retryDueAt?.description ?? "")]))
        case .other(let event): other(event, of: run)
        }
    }

    private func ended(_ run: RunRecord) {
        var more: JSONObject = ["status": .string(run.status.rawValue)]
        if let start = run.startedAt, let end = run.finishedAt {
            more["duration_ms"] = .int(end.milliseconds(since: start))
        }
        add(run.error, to: &more)
        log(run.status == .failed ? .error : .info, "run", message: "run ended", fields: fields(run, more))
    }

    private func ended(_ step: StepRunRecord, of run: RunRecord) {
        var more: JSONObject = ["status": .string(step.status.rawValue)]
        if let start = step.startedAt, let end = step.finishedAt {
            more["duration_ms"] = .int(end.milliseconds(since: start))
        }
        add(step.error, to: &more)
        if let skipped = step.skipped { more["reason"] = .string(skipped.text) }
        let level: LogLevel = step.status == .failed ? .warning : .debug
        log(level, "step", step.type, message: "step ended", fields: fields(run, step, more))
    }

    private func ended(_ attempt: AttemptFact, of run: RunRecord) {
        var more: JSONObject = ["status": .string(attempt.status.rawValue)]
        if let end = attempt.finishedAt { more["duration_ms"] = .int(end.milliseconds(since: attempt.startedAt)) }
        if let usage = attempt.usage { more["usage"] = usage.json }
        add(attempt.error, to: &more)
        let level: LogLevel = attempt.status == .failed ? .warning : .debug
        log(level, "attempt", attempt.step.type, message: "attempt ended", fields: fields(run, attempt, more))
    }

    private func other(_ event: RunEvent, of run: RunRecord) {
        var more: JSONObject = [:]
        if let step = event.step { more["step"] = .string(step) }
        if event.data != [:] { more["data"] = event.data }
        switch event.kind {
        case .attemptLost:
            log(
                .warning, "attempt", message: "attempt was lost with the process that ran it",
                fields: fields(run, more))
        case .warning: log(.warning, "step", message: "step warns", fields: fields(run, more))
        default: log(.debug, "run", message: event.kind.rawValue, fields: fields(run, more))
        }
    }

    private func add(_ error: StepFailure?, to fields: inout JSONObject) {
        guard let error else { return }
        fields["error"] = .string(error.code)
        fields["reason"] = .string(error.message)
    }

    private func fields(_ run: RunRecord, _ more: JSONObject) -> JSONObject {
        var fields: JSONObject = ["run": .string(run.id.rawValue), "pipeline": .string(run.pipeline)]
        for (name, value) in more { fields[name] = value }
        return fields
    }

    private func fields(_ run: RunRecord, _ step: StepRunRecord, _ more: JSONObject = [:]) -> JSONObject {
        var fields: JSONObject = ["step": .string(step.path), "type": .string(step.type)]
        for (name, value) in more { fields[name] = value }
        return self.fields(run, fields)
    }

    private func fields(_ run: RunRecord, _ attempt: AttemptFact, _ more: JSONObject = [:]) -> JSONObject {
        var fields: JSONObject = ["attempt": .int(Int64(attempt.number))]
        for (name, value) in more { fields[name] = value }
        return self.fields(run, attempt.step, fields)
    }
}
