import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryJSON
import FactorySecrets
import FactoryStore

/// Where a driver begins: a new run, or one that the store knows.
struct RunStart: Sendable {
    var record: RunRecord
    var steps: [StepRunRecord]
    var machine: RunMachine
    var view: RunView
    var settledChanges: [SettledChange] = []
    var attemptNumbers: [Int]
    var lastSequence: Int64 = 0
    /// Attempts that an engine which is gone left running, with the places of their steps.
    var lostAttempts: [(attempt: AttemptRecord, place: Int)] = []
    /// Steps that run anew although they had ended.
    var reopened: Set<Int> = []
    /// True where the change set that was planned is no longer the run's.
    var dropsPlan = false
    /// What to tell of why the run goes on; nil where it does not, because it is paused.
    var cause: (kind: RunEvent.Kind, data: JSON)?
}

extension RunStart {
    /// A run that does not exist yet.
    static func new(
        _ request: RunRequest, id: ID<Run>, ids: IDGenerator, values: ValueStore, now: Timestamp
    ) throws(BlobError) -> RunStart {
        let pipeline = request.pipeline
        let record = RunRecord(
            id: id, number: 0, owner: request.owner, pipeline: pipeline.name, pipelineID: request.pipelineID,
            version: request.version, only: request.only?.record,
            forkedFrom: request.fork?.source.id, document: pipeline.document, status: .queued,
            trigger: request.trigger,
            triggerValue: try request.triggerValue.map { value throws(BlobError) in
                try values.store(request.secrets.conceal(value))
            },
            inputs: try values.store(request.secrets.conceal(request.inputs)), environment: request.environment,
            lender: request.lender,
            variables: pipeline.variables(among: request.variables), workspace: request.workspace,
            cassette: try request.cassette.map { bytes throws(BlobError) in try values.blobs.put(bytes) },
            createdAt: now)
        var steps = pipeline.steps.enumerated().map { place, step in
            StepRunRecord(id: ids.make(), path: step.id, stepID: step.id, type: step.type, position: place)
        }
        var machine = RunMachine(plan: RunPlan(pipeline, only: request.only?.step))
        var changes: [SettledChange] = []
        if let only = request.only { steps = only.settling(steps) }
        if let fork = request.fork {
            steps = try fork.settling(steps) { value throws(BlobError) in
                try values.store(request.secrets.conceal(value))
            }
            changes = fork.settledChanges(of: steps)
        }
        if request.only != nil || request.fork != nil {
            machine = RunMachine(plan: machine.plan, steps: steps.map(RunMachine.StepState.init))
            for case .blob(let hash, _, _) in steps.compactMap(\.output) { try values.blobs.hold(hash) }
            for hash in changes.compactMap(\.change.content) { try values.blobs.hold(hash) }
        }
        return RunStart(
            record: record, steps: steps, machine: machine,
            view: RunView(
                record, steps: steps, inputs: request.inputs, trigger: request.triggerValue, secrets: request.secrets),
            settledChanges: changes, attemptNumbers: Array(repeating: 0, count: steps.count))
    }

    /// A run as an engine that is gone left it, with as much of its end taken back as `reopening` says.
    static func stored(
        _ record: RunRecord, _ steps: [StepRunRecord], _ attempts: [AttemptRecord], changes: [SettledChange],
        lastSequence: Int64, pipeline: Pipeline, inputs: JSON, trigger: JSON? = nil, secrets: SecretVault,
        reopening: Reopening
    ) throws(EngineError) -> RunStart {
        let plan = RunPlan(pipeline, only: record.only?.step)
        let reopened = try reopening.places(of: steps, in: plan, of: record)
        let history = AttemptHistory(steps, attempts, reopened: reopened)
        let steps = steps.indices.map { place in
            reopened.contains(place) ? steps[place].reopened(after: history.numbers[place]) : steps[place]
        }
        let record = reopening.isOfAnEnd ? record.reopened : record
        let dropped = Set(reopened.map { steps[$0].id })
        return RunStart(
            record: record, steps: steps,
            machine: RunMachine(
                plan: plan, steps: steps.map(RunMachine.StepState.init), failedAttempts: history.failed,
                lostInRow: history.lostInRow, firstFailure: firstFailure(in: steps, of: record),
                isCancelling: record.cancelRequestedAt != nil, isPaused: record.pausedAt != nil),
            view: RunView(record, steps: steps, inputs: inputs, trigger: trigger, secrets: secrets),
            settledChanges: changes.filter { !dropped.contains($0.stepRun) }, attemptNumbers: history.numbers,
            lastSequence: lastSequence, lostAttempts: history.running, reopened: reopened,
            dropsPlan: reopening.isOfAnEnd && !reopened.isEmpty, cause: reopening.cause(of: record))
    }

    private static func firstFailure(in steps: [StepRunRecord], of record: RunRecord) -> Int? {
        steps.indices.filter { steps[$0].status == .failed && !steps[$0].isHandled && record.runs(steps[$0]) }
            .min { (steps[$0].finishedAt?.milliseconds ?? 0) < (steps[$1].finishedAt?.milliseconds ?? 0) }
    }
}

/// What the attempts of a run tell about its steps, by place.
private struct AttemptHistory {
    var numbers: [Int]
    var failed: [Int]
    var lostInRow: [Int]
    var running: [(attempt: AttemptRecord, place: Int)] = []

    init(_ steps: [StepRunRecord], _ attempts: [AttemptRecord], reopened: Set<Int>) {
        let places = Dictionary(uniqueKeysWithValues: steps.enumerated().map { ($1.id, $0) })
        numbers = Array(repeating: 0, count: steps.count)
        failed = numbers
        lostInRow = numbers
        for attempt in attempts.sorted(by: { $0.number < $1.number }) {
            guard let place = places[attempt.stepRun] else { continue }
            numbers[place] = attempt.number
            if attempt.status == .running { running.append((attempt, place)) }
            guard !reopened.contains(place), attempt.number > steps[place].attemptsBefore else { continue }
            switch attempt.status {
            case .failed:
                failed[place] += 1
                lostInRow[place] = 0
            case .lost: lostInRow[place] += 1
            // About to be counted as lost, by the machine.
            case .running: break
            case .succeeded, .cancelled: lostInRow[place] = 0
            }
        }
    }
}

extension RunMachine.StepState {
    /// The state a step run was left in; a step that had not started is decided anew.
    init(_ record: StepRunRecord) {
        switch record.status {
        case .queued: self = .pending
        case .running: self = .running
        case .waiting: self = .retrying
        case .succeeded: self = .succeeded(branch: record.branch)
        case .failed: self = .failed(handled: record.isHandled)
        case .cancelled: self = .cancelled
        case .skipped: self = .skipped(record.skipped?.reason ?? .cancelled)
        }
    }
}

extension RunView {
    /// What names mean at the start of driving a run.
    init(_ record: RunRecord, steps: [StepRunRecord], inputs: JSON, trigger: JSON?, secrets: SecretVault) {
        var run: JSONObject = ["id": .string(record.id.rawValue), "trigger": .string(record.trigger)]
        run["started_at"] = .string((record.startedAt ?? record.createdAt).description)
        if record.number > 0 { run["number"] = .int(record.number) }
        self.init(
            inputs: inputs, run: .object(run),
            pipeline: ["name": .string(record.pipeline), "version": record.version.map(JSON.int) ?? .null],
            trigger: trigger ?? [:], variables: .object(record.variables), secrets: secrets.marks,
            steps: Dictionary(uniqueKeysWithValues: steps.map { ($0.stepID, StepEntry($0)) }))
    }
}
