import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryExpressions
import FactoryJSON
import FactorySecrets
import FactoryStore

extension RunDriver {
    /// Takes in one message; what follows from it is gathered in `commit` and `actions`.
    func handle(_ message: Message) {
        switch message {
        case .report(let report): settle(report)
        case .retryDue(let step): perform(machine.apply(.retryDue(step)))
        case .granted(let lane):
            asked[lane, default: 0] -= 1
            granted[lane, default: 0] += 1
        case .logs(let chunk): commit.logs.append(chunk)
        case .interrupted: isInterrupted = true
        case .cancel:
            guard record.cancelRequestedAt == nil else { return }
            record.cancelRequestedAt = context.now()
            record.pausedAt = nil
            commit.runState = RunState(record)
            append(.runCancelling)
            perform(machine.apply(.cancel))
        case .asked(let question, let asker): askers.append((asker, answer(to: question)))
        case .stopping: isStopping = true
        }
    }

    private func answer(to question: Question) -> Answer {
        guard outcome == nil else { return .left }
        switch question {
        case .pause:
            guard record.cancelRequestedAt == nil else { return .refused(.isCancelling(record.id)) }
            guard !machine.isPaused else { return .refused(.isPaused(record.id)) }
            record.pausedAt = context.now()
            append(.runPaused)
            perform(machine.apply(.pause))
            // The machine names them again when the pause is over.
            ready = [:]
        case .resume(let vault):
            guard machine.isPaused else { return .refused(.isRunning(record.id)) }
            record.pausedAt = nil
            secrets = vault
            view = view.with(secrets: vault.marks)
            append(.runResumed)
            perform(machine.apply(.resume))
        case .leave: return .refused(.isRunning(record.id))
        }
        commit.runState = RunState(record)
        return .done
    }

    /// Carries out what the machine asks for, and what follows from that.
    func perform(_ effects: [RunMachine.Effect]) {
        var open = effects[...]
        while let effect = open.popFirst() {
            switch effect {
            case .evaluate(let step, let ancestors): open += decide(step, ancestors)
            case .start(let step): ready[lane(of: step), default: []].append(step)
            case .retry(let step, let backoff, let atLeast):
                let jittered = pipeline.steps[step].retry.jitter ? context.jitter(backoff) : backoff
                wait(step, max(jittered, atLeast))
            case .settled(let step): settled(step)
            case .stopAttempts: actions.append(.stopAttempts)
            case .finish(let outcome): self.outcome = outcome
            }
        }
    }

    /// Starts what is ready as far as the lanes have room, and queues up for the rest.
    func startReadySteps() {
        for lane in Lane.allCases where ready[lane] != nil || granted[lane] != nil {
            var waiting = (ready[lane] ?? []).filter { machine.steps[$0] == .ready }[...]
            while let step = waiting.first, takePlace(in: lane) {
                waiting = waiting.dropFirst()
                start(step)
            }
            ready[lane] = waiting.isEmpty ? nil : Array(waiting)
            // One request a lane, however many steps wait: runs take turns, a large one does not hold up a small one.
            if !waiting.isEmpty, asked[lane, default: 0] == 0 {
                asked[lane] = 1
                context.lanes.wait(for: lane, as: waiterID) { [mailbox, lanes = context.lanes] lane in
                    if !mailbox.post(.granted(lane)) { lanes.give(back: lane) }
                }
            }
            giveBackUnused(lane)
        }
    }

    /// Writes the decision to the store and then tells whoever watches.
    func keep() async throws(StoreError) {
        if outcome == nil { updateRunStatus() }
        let decision = takeDecision(withSteps: true)
        guard !decision.isEmpty else { return }
        let began = context.elapsed()
        try await context.keep(decision)
        blobLeases = []
        context.hub.send(KeptDecision(run: record, commit: decision, latency: context.elapsed() - began))
    }

    /// The decision made so far; the next one begins empty.
    func takeDecision(withSteps: Bool) -> RunCommit {
        if withSteps { commit.steps = changedSteps.sorted().map { steps[$0] } }
        defer {
            commit = RunCommit(run: record.id, number: record.number, lease: context.lease)
            changedSteps = []
        }
        return commit
    }

    func append(_ kind: RunEvent.Kind, step: Int? = nil, _ data: JSON = [:]) {
        lastSequence += 1
        commit.events.append(
            RunEvent(
                sequence: lastSequence, at: context.now(), kind: kind, step: step.map { steps[$0].path }, data: data))
    }

    /// `data` of an event of the run, with how it is run where that is not the usual way: who watches a run on recorded
    /// answers must not take them for a model's.
    func labelled(_ data: JSON) -> JSON {
        guard record.mode != .normal, case .object(var members) = data else { return data }
        members["mode"] = .string(record.mode.rawValue)
        return .object(members)
    }

    private func lane(of step: Int) -> Lane { context.lanesByType[steps[step].type] ?? .other }

    /// Gives back the place of an attempt that ended; kept for the next step where this run is the next in line.
    func leavePlace(of step: Int) {
        let lane = lane(of: step)
        held[lane, default: 0] -= 1
        guard context.lanes.give(back: lane, by: waiterID) else { return }
        asked[lane, default: 0] -= 1
        granted[lane, default: 0] += 1
    }

    private func takePlace(in lane: Lane) -> Bool {
        if granted[lane, default: 0] > 0 {
            granted[lane, default: 0] -= 1
            return true
        }
        return context.lanes.take(lane)
    }

    private func giveBackUnused(_ lane: Lane) {
        while granted[lane, default: 0] > 0 {
            granted[lane, default: 0] -= 1
            context.lanes.give(back: lane)
        }
    }

    private func decide(_ step: Int, _ ancestors: RunMachine.AncestorState) -> [RunMachine.Effect] {
        guard let condition = pipeline.steps[step].condition else { return machine.apply(.decided(step, runs: true)) }
        do {
            var scope = try view.scope(
                for: condition.references, values: context.values, now: Moment(context.now()))
            scope.ancestors = AncestorOutcome(allSucceeded: ancestors.allSucceeded, anyFailed: ancestors.anyFailed)
            return machine.apply(.decided(step, runs: try condition.bool(in: scope)))
        } catch let error as ExpressionError {
            steps[step].error = .expression(error, in: "if").concealed(by: secrets)
        } catch {
            steps[step].error = StepFailure(code: "storage_error", message: "a value could not be read: \(error)")
        }
        return machine.apply(.undecidable(step))
    }

    private func start(_ place: Int) {
        precondition(machine.steps[place] == .ready, "a step is started once per readiness")
        perform(machine.apply(.started(place)))
        let now = context.now()
        held[lane(of: place), default: 0] += 1
        attemptNumbers[place] += 1
        steps[place].status = .running
        steps[place].startedAt = steps[place].startedAt ?? now
        steps[place].retryDueAt = nil
        changedSteps.insert(place)
        view.steps[steps[place].stepID]?.status = .running
        append(.attemptStarted, step: place, ["attempt": .int(Int64(attemptNumbers[place]))])
        let attempt = AttemptRecord(
            id: context.ids.make(), stepRun: steps[place].id, number: attemptNumbers[place], startEvent: lastSequence,
            status: .running, startedAt: now)
        commit.started.append(attempt)
        let step = pipeline.steps[place]
        actions.append(
            .run(
                AttemptOrder(
                    place: place, run: record.id, step: step, stepRun: steps[place].id, attempt: attempt.id,
                    startEvent: attempt.startEvent, number: attempt.number,
                    view: view.naming(AttemptOrder.references(of: step)), secrets: secrets,
                    owner: record.owner, workspace: record.workspace, cassette: record.cassette,
                    settledChanges: settledChanges,
                    blobLease: context.values.blobs.lease())))
    }

    private func wait(_ step: Int, _ delay: Duration) {
        let due = context.now().adding(delay)
        steps[step].status = .waiting
        steps[step].retryDueAt = due
        changedSteps.insert(step)
        view.steps[steps[step].stepID]?.status = .waiting
        append(.stepWaiting, step: step, ["for": "retry", "due": .string(due.description)])
        actions.append(.retry(step, after: delay))
    }

    /// A run whose steps all wait for time to pass is itself waiting.
    private func updateRunStatus() {
        let status: RunStatus = machine.isWaiting ? .waiting : .running
        guard status != record.status else { return }
        record.status = status
        commit.runState = RunState(record)
        append(status == .waiting ? .runWaiting : .runContinued)
    }
}
