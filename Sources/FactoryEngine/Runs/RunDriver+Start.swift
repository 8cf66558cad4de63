import FactoryDomain
import FactoryJSON
import FactoryStore

extension RunDriver {
    /// What is told of how a new run differs from a whole one from the beginning.
    private var beginning: JSON {
        var data: JSONObject = [:]
        if let only = record.only { data["only"] = only.json }
        if let source = record.forkedFrom { data["forked_from"] = .string(source.rawValue) }
        return .object(data)
    }

    /// Writes a new run, together with the attempts that start at once.
    func create() async throws(StoreError) {
        record.status = .running
        record.startedAt = context.now()
        append(.runCreated, labelled(beginning))
        // What is taken over of another run is this run's own from here on.
        commit.changes = settledChanges
        append(.runStarted)
        for place in steps.indices where steps[place].isUnasked {
            if let skip = steps[place].skipped { append(.stepSkipped, step: place, skip.eventData) }
        }
        perform(machine.apply(.begin))
        startReadySteps()
        var first = takeDecision(withSteps: false)
        let began = context.elapsed()
        record.number = try await context.store.create(record, steps: steps, first: first)
        let latency = context.elapsed() - began
        (first.number, commit.number) = (record.number, record.number)
        view = view.numbered(record.number)
        // The attempts that start with the run were ordered before the store gave it its number.
        actions = actions.map { action in
            guard case .run(var order) = action else { return action }
            order.view = order.view.numbered(record.number)
            return .run(order)
        }
        first.steps = steps
        context.hub.send(KeptDecision(run: record, commit: first, latency: latency))
    }

    /// Takes over a run that the store knows: attempts left running are lost, steps to be repeated are reset.
    func takeOver(_ start: RunStart) async throws(StoreError) {
        commit.droppedChanges = start.reopened.sorted().map { steps[$0].id }
        commit.dropsPlan = start.dropsPlan
        changedSteps = start.reopened
        if let cause = start.cause { append(cause.kind, labelled(cause.data)) }
        for (attempt, place) in start.lostAttempts {
            commit.settled.append(
                AttemptSettlement(
                    attempt: attempt.id, startEvent: attempt.startEvent, of: attempt.stepRun, status: .lost,
                    error: .attemptLost, finishedAt: context.now()))
            append(.attemptLost, step: place, ["attempt": .int(Int64(attempt.number))])
            perform(machine.apply(.lost(place)))
        }
        perform(machine.apply(.begin))
        for place in steps.indices where machine.steps[place] == .retrying {
            let due = steps[place].retryDueAt ?? context.now()
            actions.append(.retry(place, after: .milliseconds(max(0, due.milliseconds(since: context.now())))))
        }
        startReadySteps()
        for place in steps.indices where machine.steps[place] == .ready && steps[place].status == .running {
            // Its attempt was lost, and the next one cannot start yet.
            steps[place].status = .waiting
            changedSteps.insert(place)
            view.steps[steps[place].stepID]?.status = .waiting
        }
        if !machine.isPaused {
            record.status = .running
            commit.runState = RunState(record)
        }
        guard outcome == nil else { return }
        try await keep()
    }
}
