public import FactoryJSON

/// A run with all that belongs to it, in the form that the API and the command line print.
public struct RunReport: Sendable {
    /// The run.
    public var run: RunRecord
    /// Its step runs, in document order.
    public var steps: [StepRunRecord]
    /// Their attempts, by number.
    public var attempts: [AttemptRecord]
    /// The plan for its change set; empty until there is one.
    public var plan: [PlannedChange]
    /// For each step that has not ended, by id, the ids of the steps it still waits for.
    public var openNeeds: [String: [String]]

    /// A report of these records.
    public init(
        run: RunRecord, steps: [StepRunRecord], attempts: [AttemptRecord], plan: [PlannedChange],
        openNeeds: [String: [String]] = [:]
    ) {
        self.run = run
        self.steps = steps
        self.attempts = attempts
        self.plan = plan
        self.openNeeds = openNeeds
    }

    /// What all model calls of the run used; nil where none was made.
    public var usage: Usage? {
        let used = steps.compactMap(\.usage)
        return used.isEmpty ? nil : used.reduce(.none, +)
    }

    /// The run without its steps, as lists show it.
    public var summary: JSON { .object(members) }

    /// What the owner of its pipeline may know of a run that somebody else started: nothing of what went in or came out.
    public var metadata: JSON {
        let open = [
            "id", "number", "owner", "pipeline", "version", "only", "forked_from", "lender", "status", "paused",
            "trigger", "mode",
            "created_at", "started_at", "finished_at", "duration_ms", "usage", "isolation",
        ]
        return .object(JSONObject(members.filter { open.contains($0.key) }.map { ($0.key, $0.value) }))
    }

    /// The whole run.
    public var json: JSON {
        var object = members
        let attempts = Dictionary(grouping: attempts, by: \.stepRun)
        object["variables"] = .object(run.variables)
        object["steps"] = .array(steps.map { json(of: $0, attempts[$0.id] ?? []) })
        return .object(object)
    }

    private var members: JSONObject {
        let handled = steps.filter(\.isHandled).map { step -> JSON in
            ["step": .string(step.stepID), "error": step.error?.json ?? .null]
        }
        return [
            "id": .string(run.id.rawValue),
            "number": .int(run.number),
            "owner": .string(run.owner),
            "pipeline": ["id": run.pipelineID.map { .string($0.rawValue) } ?? .null, "name": .string(run.pipeline)],
            "version": run.version.map(JSON.int) ?? .null,
            "only": run.only.map(\.json) ?? .null,
            "status": .string(run.status.rawValue),
            "paused": .bool(run.pausedAt != nil),
            "trigger": .string(run.trigger),
            "environment": run.environment.map(JSON.string) ?? .null,
            "lender": run.lender.map(JSON.string) ?? .null,
            "mode": .string(run.mode.rawValue),
            "inputs": run.inputs.json,
            "outputs": run.outputs?.json ?? .null,
            "error": run.error?.json ?? .null,
            "handled_errors": .array(handled),
            "created_at": .string(run.createdAt.description),
            "started_at": JSON(run.startedAt),
            "finished_at": JSON(run.finishedAt),
            "duration_ms": JSON(run.startedAt, until: run.finishedAt),
            "usage": (usage ?? .none).json,
            "changes": changes,
            "isolation": steps.lazy.compactMap(\.isolation).first.map(JSON.string) ?? .null,
            "parent": nil,
            "forked_from": run.forkedFrom.map { .string($0.rawValue) } ?? .null,
            "links": [:],
        ]
    }

    private var changes: JSON {
        var object: JSONObject = ["status": .string(run.changes.rawValue)]
        for state in [PlannedChange.State.applied, .pending, .conflict, .discarded] {
            let count = plan.count { $0.state == state }
            object[state.rawValue] = .int(Int64(count))
        }
        object["files"] = .array(
            plan.map { change in
                [
                    "path": .string(change.path), "state": .string(change.state.rawValue),
                    "before": change.before.map { .string($0.rawValue) } ?? .null,
                    "after": change.after.map { .string($0.rawValue) } ?? .null,
                    "size": change.sizeBytes.map(JSON.int) ?? .null,
                ]
            })
        return .object(object)
    }

    private func json(of step: StepRunRecord, _ attempts: [AttemptRecord]) -> JSON {
        [
            "id": .string(step.stepID),
            "path": .string(step.path),
            "type": .string(step.type),
            "status": .string(step.status.rawValue),
            "handled": .bool(step.isHandled),
            "output": step.output?.json ?? .null,
            "error": step.error?.json ?? .null,
            "attempts": .array(attempts.map(json(of:))),
            "cached": .bool(isReused(step)),
            "skipped_because": step.skipped.map {
                ["code": .string($0.reason.rawValue), "text": .string($0.text)]
            } ?? .null,
            "waiting_for": waitingFor(step).map(JSON.string) ?? .null,
            "branch": step.branch.map(JSON.string) ?? .null,
            "warnings": .array(step.warnings.map(JSON.string)),
            "isolation": step.isolation.map(JSON.string) ?? .null,
            "started_at": JSON(step.startedAt),
            "duration_ms": JSON(step.startedAt, until: step.finishedAt),
            "usage": step.usage?.json ?? .null,
        ]
    }

    private func json(of attempt: AttemptRecord) -> JSON {
        [
            "number": .int(Int64(attempt.number)),
            "status": .string(attempt.status.rawValue),
            "started_at": .string(attempt.startedAt.description),
            "duration_ms": JSON(attempt.startedAt, until: attempt.finishedAt),
            "with": attempt.with?.json ?? .null,
            "error": attempt.error?.json ?? .null,
        ]
    }

    /// Whether `step` did not run here, and has what it had in another run.
    private func isReused(_ step: StepRunRecord) -> Bool {
        if run.forkedFrom != nil { return step.startedAt == nil && (step.status == .succeeded || step.isHandled) }
        guard let only = run.only, only.step != step.stepID else { return false }
        return step.skipped?.reason != .notAskedFor
    }

    /// In one sentence what an unfinished step waits for; nil for one that runs or has ended.
    private func waitingFor(_ step: StepRunRecord) -> String? {
        switch step.status {
        case .queued where run.status.isFinal: return nil
        case .queued, .waiting:
            if run.pausedAt != nil { return "the run is paused; resume it" }
            if let due = step.retryDueAt { return "a retry, due at \(due)" }
            let needs = openNeeds[step.stepID] ?? []
            return needs.isEmpty ? "a free place for this kind of work" : "the end of \(needs.joined(separator: ", "))"
        default: return nil
        }
    }
}

extension OnlyStep {
    /// The form printed: `step` and `from_run`.
    public var json: JSON {
        ["step": .string(step), "from_run": source.map { .string($0.rawValue) } ?? .null]
    }
}

extension JSON {
    /// A moment as text, or null.
    fileprivate init(_ moment: Timestamp?) { self = moment.map { .string($0.description) } ?? .null }

    /// The milliseconds from one moment to another, or null while one of them is unknown, or where
    /// the clock was set back in between.
    fileprivate init(_ start: Timestamp?, until end: Timestamp?) {
        guard let start, let end, let elapsed = end.elapsedMilliseconds(since: start) else {
            self = .null
            return
        }
        self = .int(elapsed)
    }
}
