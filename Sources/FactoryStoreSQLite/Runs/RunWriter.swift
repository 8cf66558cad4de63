import FactoryDomain
import FactoryStore

/// Writes rows of one run, inside a transaction and under the lease of the engine in charge.
struct RunWriter {
    let statements: RunStatements.Compiled
    let run: String
    /// The run's number.
    let number: Int64
    private let lease: Int64

    /// Writes rows of a run that the store knows.
    init(_ statements: RunStatements.Compiled, for commit: RunCommit) throws {
        let run = commit.run.rawValue
        statements.leaseTokenWithRun.bind(commit.number)
        statements.leaseTokenWithRun.bind(run)
        guard let token = try statements.leaseTokenWithRun.integer() else {
            throw StoreError.notFound(kind: "run", id: run)
        }
        guard token == commit.lease.rawValue else { throw StoreError.staleLease }
        self.init(statements: statements, run: run, number: commit.number, lease: token)
    }

    /// Writes a new run, which gets the next number.
    init(_ statements: RunStatements.Compiled, new row: RunRow, lease: LeaseToken) throws {
        guard try statements.leaseToken.integer() == lease.rawValue else { throw StoreError.staleLease }
        let number = try statements.nextNumber.integer() ?? 1
        self.init(statements: statements, run: row.record.id.rawValue, number: number, lease: lease.rawValue)
        try insert(row)
    }

    private init(statements: RunStatements.Compiled, run: String, number: Int64, lease: Int64) {
        self.statements = statements
        self.run = run
        self.number = number
        self.lease = lease
    }

    private func insert(_ row: RunRow) throws {
        let (statement, record) = (statements.insertRun, row.record)
        statement.bind(run)
        statement.bind(number)
        statement.bind(record.owner)
        statement.bind(record.pipeline)
        statement.bind(record.pipelineID?.rawValue)
        statement.bind(record.version)
        statement.bind(row.document)
        statement.bind(record.status.rawValue)
        statement.bind(record.trigger)
        statement.bind(row.triggerValue?.text)
        statement.bind(row.triggerValue?.isBlob ?? false)
        statement.bind(row.inputs.text)
        statement.bind(row.inputs.isBlob)
        statement.bind(record.workspace)
        statement.bind(record.changes.rawValue)
        statement.bind(record.createdAt.milliseconds)
        statement.bind(record.startedAt?.milliseconds)
        statement.bind(record.environment)
        statement.bind(row.variables)
        statement.bind(record.cassette?.rawValue)
        statement.bind(record.only?.step)
        statement.bind(record.only?.source?.rawValue)
        statement.bind(record.lender)
        statement.bind(record.forkedFrom?.rawValue)
        try statement.run()
    }

    func insert(_ row: StepRow) throws {
        let (statement, record) = (statements.insertStep, row.record)
        bindState(of: row, to: statement)
        statement.bind(record.id.rawValue)
        statement.bind(run)
        statement.bind(record.path)
        statement.bind(record.stepID)
        statement.bind(record.type)
        statement.bind(Int64(record.position))
        try statement.run()
    }

    func write(_ rows: CommitRows) throws {
        for settlement in rows.settled { try settle(settlement) }
        for step in rows.steps { try update(step) }
        for attempt in rows.commit.started { try start(attempt) }
        for (event, data) in zip(rows.commit.events, rows.events) { try append(event, data) }
        for chunk in rows.commit.logs { try append(chunk) }
        for stepRun in rows.commit.droppedChanges {
            statements.dropChanges.bind(stepRun.rawValue)
            statements.dropChanges.bind(run)
            try statements.dropChanges.run()
        }
        if rows.commit.dropsPlan {
            statements.dropPlan.bind(run)
            try statements.dropPlan.run()
        }
        for change in rows.commit.changes { try append(change) }
        for planned in rows.commit.plan { try put(planned) }
        for use in rows.commit.modelUse { try add(use) }
        if let state = rows.runState { try update(state) }
    }

    private func update(_ row: StepRow) throws {
        bindState(of: row, to: statements.updateStep)
        statements.updateStep.bind(row.record.id.rawValue)
        try statements.updateStep.run()
    }

    /// The columns that an insert and an update have in common, in their order.
    private func bindState(of row: StepRow, to statement: Statement) {
        let record = row.record
        statement.bind(record.status.rawValue)
        statement.bind(record.isHandled)
        statement.bind(row.output?.text)
        statement.bind(row.output?.isBlob ?? false)
        statement.bind(row.error)
        statement.bind(record.skipped?.reason.rawValue)
        statement.bind(record.skipped?.text)
        statement.bind(record.branch)
        statement.bind(row.usage)
        statement.bind(row.warnings)
        statement.bind(record.isolation)
        statement.bind(Int64(record.attemptsBefore))
        statement.bind(record.retryDueAt?.milliseconds)
        statement.bind(record.startedAt?.milliseconds)
        statement.bind(record.finishedAt?.milliseconds)
    }

    private func start(_ attempt: AttemptRecord) throws {
        let statement = statements.insertAttempt
        statement.bind(try Ordinal.make(run: number, attempt.startEvent))
        statement.bind(attempt.id.rawValue)
        statement.bind(attempt.stepRun.rawValue)
        statement.bind(Int64(attempt.number))
        statement.bind(lease)
        statement.bind(attempt.startedAt.milliseconds)
        try statement.run()
    }

    private func settle(_ row: SettlementRow) throws {
        let settlement = row.settlement
        let statement = settlement.status == .lost ? statements.loseAttempt : statements.settleAttempt
        if settlement.status != .lost {
            statement.bind(settlement.status.rawValue)
        }
        statement.bind(row.error)
        if settlement.status != .lost {
            statement.bind(row.with?.text)
            statement.bind(row.with?.isBlob ?? false)
        }
        statement.bind(settlement.finishedAt.milliseconds)
        statement.bind(try Ordinal.make(run: number, settlement.startEvent))
        statement.bind(settlement.attempt.rawValue)
        statement.bind(lease)
        guard try statement.run() == 1 else { throw StoreError.staleLease }
    }

    private func append(_ event: RunEvent, _ data: String) throws {
        let statement = statements.insertEvent
        statement.bind(try Ordinal.make(run: number, event.sequence ?? 0))
        statement.bind(event.at.milliseconds)
        statement.bind(event.kind.rawValue)
        statement.bind(event.step)
        statement.bind(data)
        try statement.run()
    }

    private func append(_ chunk: LogChunk) throws {
        let statement = statements.insertLog
        statement.bind(run)
        statement.bind(chunk.attempt.rawValue)
        statement.bind(chunk.step)
        statement.bind(chunk.stream)
        statement.bind(chunk.at.milliseconds)
        statement.bind(chunk.text)
        try statement.run()
    }

    private func append(_ settled: SettledChange) throws {
        let (statement, columns) = (statements.insertChange, ChangeColumns(settled.change.action))
        statement.bind(run)
        statement.bind(settled.stepRun.rawValue)
        statement.bind(Int64(settled.position))
        statement.bind(settled.change.path)
        statement.bind(columns.action)
        statement.bind(columns.hash)
        statement.bind(columns.size)
        statement.bind(settled.change.base?.rawValue)
        try statement.run()
    }

    private func put(_ planned: PlannedChange) throws {
        let statement = statements.putPlannedChange
        statement.bind(run)
        statement.bind(planned.path)
        statement.bind(planned.before?.rawValue)
        statement.bind(planned.after?.rawValue)
        statement.bind(planned.sizeBytes)
        statement.bind(planned.state.rawValue)
        try statement.run()
    }

    private func add(_ use: ModelUse) throws {
        let (statement, usage) = (statements.addModelUse, use.usage)
        let isCounted = usage.inputTokens != nil && usage.outputTokens != nil
        statement.bind(use.at.milliseconds / ModelUseFigures.dayMilliseconds)
        statement.bind(usage.model ?? "")
        statement.bind(Int64(usage.calls))
        statement.bind(usage.costUSD == nil ? Int64(usage.calls) : 0)
        statement.bind(isCounted ? 0 : Int64(usage.calls))
        statement.bind(isCounted ? Int64(usage.inputTokens ?? 0) : 0)
        statement.bind(isCounted ? Int64(usage.outputTokens ?? 0) : 0)
        statement.bind(String(usage.costUSD ?? 0))
        statement.bind(run)
        try statement.run()
    }

    private func update(_ row: RunStateRow) throws {
        let (statement, state) = (statements.updateRun, row.state)
        // One that had ended and goes on, or whose change set was settled, is counted as it is now.
        try count(-1)
        statement.bind(state.status.rawValue)
        statement.bind(row.outputs?.text)
        statement.bind(row.outputs?.isBlob ?? false)
        statement.bind(row.error)
        statement.bind(state.changes.rawValue)
        statement.bind(state.cancelRequestedAt?.milliseconds)
        statement.bind(state.pausedAt?.milliseconds)
        statement.bind(state.startedAt?.milliseconds)
        statement.bind(state.finishedAt?.milliseconds)
        statement.bind(run)
        guard try statement.run() == 1 else { throw StoreError.notFound(kind: "run", id: run) }
        if state.finishedAt != nil { try count(1) }
    }

    /// Counts the run among those that ended, as it stands in the store; with -1 no longer.
    private func count(_ sign: Int64) throws {
        statements.addRunUse.bind(sign)
        statements.addRunUse.bind(run)
        try statements.addRunUse.run()
    }
}
