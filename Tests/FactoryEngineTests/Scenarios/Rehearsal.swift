import FactoryDefinition
import FactoryDomain
import FactoryExpressions
import FactoryJSON
import FactorySecrets

@testable import FactoryEngine

/// Plays a scenario with the pure machine and plain records: no store, no clock, no executor.
///
/// Whenever nothing more happens by itself, ``standing`` tells where the run stands; the engine has to stand there too.
struct Rehearsal {
    private enum Report { case act(Act), timeout, stopped, retryDue }

    let pipeline: Pipeline
    let acts: [String: [Act]]
    let width: Int

    private(set) var record: RunRecord {
        didSet {
            // A new run is no change of the one before.
            guard oldValue.id == record.id else { return }
            seen.runs.note(oldValue.status.rawValue, record.status.rawValue)
        }
    }
    private(set) var steps: [StepRunRecord] {
        didSet {
            for (old, new) in zip(oldValue, steps) where old.id == new.id {
                seen.steps.note(old.status.rawValue, new.status.rawValue)
            }
        }
    }
    private(set) var attempts: [AttemptRecord] = [] {
        didSet {
            for (old, new) in zip(oldValue, attempts) where old.id == new.id {
                seen.attempts.note(old.status.rawValue, new.status.rawValue)
            }
        }
    }
    /// Every change of a status that was seen.
    private(set) var seen = Transitions()
    private(set) var machine: RunMachine
    /// Steps whose attempts started, in order.
    private(set) var starts: [String] = []
    /// How often each step was settled since the run began or was last taken back.
    private(set) var settlements: [Int: Int] = [:]
    /// What must never happen and did.
    private(set) var breaches: [String] = []
    /// Attempts that steps made in the runs before this one.
    private(set) var earlier: [String: Int] = [:]

    private var now: Int64 = 0
    /// Attempts that hang, with the moment of their timeout.
    private(set) var running: [Int: Int64] = [:]
    /// Retry delays, with the moment they end.
    private(set) var delays: [Int: Int64] = [:]
    private var ready: [Int] = []
    private var reports: [(place: Int, report: Report)] = []
    private var outcome: RunMachine.Outcome?
    private let vault = SecretVault(values: [:], nonce: "nonce")

    init(_ pipeline: Pipeline, acts: [String: [Act]], width: Int) throws {
        self.pipeline = pipeline
        self.acts = acts
        self.width = width
        record = RunRecord(
            id: ID(rawValue: "run_1"), number: 1, pipeline: pipeline.name, document: pipeline.document,
            status: .running, trigger: "manual", inputs: .inline([:]), workspace: "/",
            createdAt: Timestamp(milliseconds: 0), startedAt: Timestamp(milliseconds: 0))
        steps = pipeline.steps.enumerated().map { place, step in
            StepRunRecord(
                id: ID(rawValue: "sr_\(place)"), path: step.id, stepID: step.id, type: step.type, position: place)
        }
        machine = RunMachine(plan: RunPlan(pipeline))
        perform(machine.apply(.begin))
        goOn()
    }

    /// Every step, the run's status, and whether it is paused.
    var standing: String {
        "\(Notation.line(steps, attempts)) | \(Notation.run(record))\(record.pausedAt == nil ? "" : " paused")"
    }

    /// When the delays before retries end, one for each.
    var delayEnds: [Int64] { Array(delays.values) }
    /// When the first of the attempts that hang is out of time.
    var nextTimeout: Int64? { running.values.min() }
    /// The time until the next delay ends; nil where there is none.
    var nextDelay: Duration? { delays.values.min().map { .milliseconds($0 - now) } }
    /// Ids of the steps whose attempts hang, in document order.
    var hanging: [String] { running.keys.sorted().map { steps[$0].stepID } }
    /// The number of the last attempt of a step, through all runs.
    func attempt(of step: String) -> Int { earlier[step, default: 0] + attemptsHere(of: step) }

    /// The same of every step.
    var attemptsSoFar: [String: Int] {
        Dictionary(uniqueKeysWithValues: steps.map { ($0.stepID, attempt(of: $0.stepID)) })
    }

    private func attemptsHere(of step: String) -> Int {
        attempts.count { $0.stepRun == steps.first { $0.stepID == step }?.id }
    }

    /// Does `move` and everything that follows from it.
    mutating func play(_ move: Move) throws {
        switch move {
        case .now(let step, let act):
            guard let place = steps.firstIndex(where: { $0.stepID == step }), running[place] != nil else {
                throw Stray(move: "\(move)", standing: standing)
            }
            reports.append((place, .act(act)))
        case .pass(let time):
            now += time.wholeMilliseconds
            let due = delays.filter { $0.value <= now }.map { ($0.value, $0.key, Report.retryDue) }
            let late = running.filter { $0.value <= now }.map { ($0.value, $0.key, Report.timeout) }
            for (_, place, report) in (due + late).sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) {
                reports.append((place, report))
            }
        case .cancel:
            record.cancelRequestedAt = moment
            record.pausedAt = nil
            perform(machine.apply(.cancel))
        case .pause:
            record.pausedAt = moment
            ready = []
            perform(machine.apply(.pause))
        case .resume where record.status.isFinal: try goOn(.ended)
        case .resume:
            record.pausedAt = nil
            perform(machine.apply(.resume))
        case .alone(let step): try begin(only: step)
        case .retry(let step): try goOn(step.map(Reopening.retriedFrom) ?? .retried)
        case .crash: try goOn(.nothing)
        case .check(let line):
            let seen = Notation.line(steps, attempts)
            guard seen == line else { throw Stray(move: "check \(line)", standing: seen) }
        }
        goOn()
    }

    struct Stray: Error, CustomStringConvertible {
        let move: String
        let standing: String
        var description: String { "\(move) does not fit \(standing)" }
    }

    /// The new run of one step, made as an engine makes it.
    private mutating func begin(only step: String) throws {
        let lone = try LoneStep(step, of: pipeline, from: (record, steps))
        for step in steps { earlier[step.stepID, default: 0] += attemptsHere(of: step.stepID) }
        record = RunRecord(
            id: ID(rawValue: record.id.rawValue + "1"), number: record.number + 1, pipeline: pipeline.name,
            only: lone.record, document: pipeline.document, status: .running, trigger: "manual", inputs: .inline([:]),
            workspace: "/", createdAt: moment, startedAt: moment)
        let fresh = pipeline.steps.enumerated().map { place, step in
            StepRunRecord(
                id: ID(rawValue: "\(record.id)_\(place)"), path: step.id, stepID: step.id, type: step.type,
                position: place)
        }
        steps = lone.settling(fresh)
        (attempts, starts, settlements, outcome) = ([], [], [:], nil)
        (running, delays, ready, reports) = ([:], [:], [], [])
        machine = RunMachine(
            plan: RunPlan(pipeline, only: step), steps: steps.map(RunMachine.StepState.init))
        perform(machine.apply(.begin))
    }

    private var moment: Timestamp { Timestamp(milliseconds: now) }

    /// Takes the run over from its records alone, as an engine does.
    private mutating func goOn(_ reopening: Reopening) throws {
        guard reopening.isOfAnEnd || !record.status.isFinal else { return }
        let start = try RunStart.stored(
            record, steps, attempts, changes: [], lastSequence: 0, pipeline: pipeline, inputs: [:], trigger: [:],
            secrets: vault,
            reopening: reopening)
        if reopening == .nothing { compare(start.machine) }
        machine = start.machine
        steps = start.steps
        var taken = start.record
        // In the same transaction as the end that is taken back.
        if !machine.isPaused { taken.status = .running }
        record = taken
        for place in start.reopened { settlements[place] = nil }
        (running, delays, ready, reports, outcome) = ([:], [:], [], [], nil)
        for (attempt, place) in start.lostAttempts {
            end(attempt: attempt.id, .lost)
            perform(machine.apply(.lost(place)))
        }
        perform(machine.apply(.begin))
        for place in steps.indices where machine.steps[place] == .retrying {
            let due = steps[place].retryDueAt?.milliseconds ?? now
            if due > now { delays[place] = due } else { reports.append((place, .retryDue)) }
        }
        startReady()
        for place in steps.indices where machine.steps[place] == .ready && steps[place].status == .running {
            steps[place].status = .waiting
        }
    }

    /// A machine made of what is stored stands where the one stood that stored it, up to what is decided anew.
    private mutating func compare(_ restored: RunMachine) {
        for (place, (old, new)) in zip(machine.steps, restored.steps).enumerated() {
            let isSame =
                switch old {
                case .ready, .deciding: [.pending, .retrying].contains(new)
                default: old == new
                }
            if !isSame { breaches.append("\(steps[place].stepID) was \(old) and is restored as \(new)") }
        }
    }

    private mutating func goOn() {
        startReady()
        updateStatus()
        while !reports.isEmpty {
            let (place, report) = reports.removeFirst()
            take(report, of: place)
            startReady()
            updateStatus()
        }
        if let outcome { finish(outcome) }
    }

    private mutating func updateStatus() {
        if outcome == nil { record.status = machine.isWaiting ? .waiting : .running }
    }

    private mutating func finish(_ outcome: RunMachine.Outcome) {
        guard !record.status.isFinal else { return }
        record.pausedAt = nil
        switch outcome {
        case .succeeded: record.status = .succeeded
        case .cancelled: record.status = .cancelled
        case .nothingEnabled: (record.status, record.error) = (.failed, .nothingEnabled)
        case .failed(let place): (record.status, record.error) = (.failed, steps[place].error)
        }
        if !running.isEmpty { breaches.append("the run ended while \(hanging) ran") }
    }

    private mutating func take(_ report: Report, of place: Int) {
        if case .retryDue = report {
            delays[place] = nil
            return perform(machine.apply(.retryDue(place)))
        }
        running[place] = nil
        switch report {
        case .act(.succeed): succeed(place, ["step": .string(steps[place].stepID)])
        case .act(.give(let value)): succeed(place, value)
        case .act(.branch(let name)): succeed(place, [:], branch: name)
        case .act(.end(let name, let message)): succeed(place, [:], branch: name, message: message)
        case .act(.fail(let kind)): fail(place, kind, after: nil)
        case .act(.failAsking(let kind, let wait)): fail(place, kind, after: wait)
        case .timeout: fail(place, .timeout, after: nil)
        case .stopped:
            endAttempt(of: place, .cancelled)
            perform(machine.apply(.stopped(place)))
        case .act(.hang), .retryDue: break
        }
    }

    private mutating func succeed(_ place: Int, _ value: JSON, branch: String? = nil, message: String? = nil) {
        endAttempt(of: place, .succeeded)
        steps[place].output = .inline(value)
        steps[place].error = message.map { StepFailure(code: "condition_failed", message: $0) }
        perform(machine.apply(.succeeded(place, branch: branch)))
    }

    private mutating func fail(_ place: Int, _ kind: StepFailure.Class, after wait: Duration?) {
        endAttempt(of: place, .failed)
        steps[place].error = StepFailure(code: kind.rawValue, class: kind, message: "no")
        steps[place].output = nil
        perform(machine.apply(.failed(place, kind, retryAfter: wait)))
    }

    private mutating func endAttempt(of place: Int, _ status: AttemptStatus) {
        guard let last = attempts.last(where: { $0.stepRun == steps[place].id }) else { return }
        end(attempt: last.id, status)
    }

    private mutating func end(attempt: ID<Attempt>, _ status: AttemptStatus) {
        for place in attempts.indices where attempts[place].id == attempt {
            attempts[place].status = status
            attempts[place].finishedAt = moment
        }
    }

    private mutating func perform(_ effects: [RunMachine.Effect]) {
        var open = effects[...]
        while let effect = open.popFirst() {
            switch effect {
            case .evaluate(let place, let ancestors): open += decide(place, ancestors)
            case .start(let place): ready.append(place)
            case .retry(let place, let backoff, let atLeast):
                steps[place].status = .waiting
                delays[place] = now + max(backoff, atLeast).wholeMilliseconds
                steps[place].retryDueAt = delays[place].map(Timestamp.init(milliseconds:))
            case .settled(let place): settled(place)
            case .stopAttempts: for place in running.keys.sorted() { reports.append((place, .stopped)) }
            case .finish(let outcome): self.outcome = outcome
            }
        }
    }

    private mutating func startReady() {
        ready.removeAll { machine.steps[$0] != .ready }
        while let place = ready.first, running.count < width {
            ready.removeFirst()
            start(place)
        }
    }

    private mutating func start(_ place: Int) {
        let open = machine.plan.nodes[place].needs.filter { !machine.steps[$0].isSettled }
        if !open.isEmpty { breaches.append("\(steps[place].stepID) started before its needs were settled") }
        if record.cancelRequestedAt != nil { breaches.append("\(steps[place].stepID) started after the cancel") }
        if record.pausedAt != nil { breaches.append("\(steps[place].stepID) started in a pause") }
        if machine.steps[place] != .ready { breaches.append("\(steps[place].stepID) started though not ready") }
        perform(machine.apply(.started(place)))
        let number = attempts.count { $0.stepRun == steps[place].id } + 1
        attempts.append(
            AttemptRecord(
                id: ID(rawValue: "att_\(attempts.count)"), stepRun: steps[place].id, number: number,
                startEvent: Int64(attempts.count + 1), status: .running, startedAt: moment))
        starts.append(steps[place].stepID)
        steps[place].status = .running
        steps[place].startedAt = steps[place].startedAt ?? moment
        steps[place].retryDueAt = nil
        running[place] = now + pipeline.steps[place].timeout.wholeMilliseconds
        let act = (acts[steps[place].stepID] ?? []).dropFirst(attempt(of: steps[place].stepID) - 1).first ?? .succeed
        if act != .hang { reports.append((place, .act(act))) }
    }

    private mutating func settled(_ place: Int) {
        settlements[place, default: 0] += 1
        delays[place] = nil
        steps[place].finishedAt = moment
        steps[place].retryDueAt = nil
        switch machine.steps[place] {
        case .succeeded(let branch): (steps[place].status, steps[place].branch) = (.succeeded, branch)
        case .failed(let handled):
            (steps[place].status, steps[place].isHandled) = (.failed, handled)
            steps[place].error = steps[place].error ?? .lost
            if handled {
                if case .value(let value) = pipeline.steps[place].onError {
                    steps[place].output = .inline(value)
                } else {
                    steps[place].output = nil
                }
            }
        case .cancelled: steps[place].status = .cancelled
        case .skipped(let reason):
            steps[place].status = .skipped
            steps[place].skipped = SkipRecord(reason: reason, text: "")
        default: breaches.append("\(steps[place].stepID) was settled as \(machine.steps[place])")
        }
    }

    private mutating func decide(_ place: Int, _ ancestors: RunMachine.AncestorState) -> [RunMachine.Effect] {
        guard let condition = pipeline.steps[place].condition else { return [] }
        var scope = Scope()
        scope["inputs"] = [:]
        scope["steps"] = .object(
            JSONObject(
                steps.map { step in
                    var entry: JSONObject = ["status": .string(step.status.rawValue)]
                    if case .inline(let value)? = step.output { entry["output"] = value }
                    if let error = step.error { entry["error"] = error.json }
                    return (step.stepID, .object(entry))
                }))
        scope.ancestors = AncestorOutcome(allSucceeded: ancestors.allSucceeded, anyFailed: ancestors.anyFailed)
        do {
            return machine.apply(.decided(place, runs: try condition.bool(in: scope)))
        } catch {
            steps[place].error = StepFailure(code: "expression_error", message: error.message)
            return machine.apply(.undecidable(place))
        }
    }
}
