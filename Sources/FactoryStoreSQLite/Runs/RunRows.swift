import FactoryDomain
import FactoryJSON
import FactoryStore

/// A commit as the statements take it: every value turned into text before the writer's turn, so that the one thing
/// all runs wait for does nothing but write.
struct CommitRows: Sendable {
    let commit: RunCommit
    let steps: [StepRow]
    let settled: [SettlementRow]
    /// The data of each event.
    let events: [String]
    let runState: RunStateRow?

    init(_ commit: RunCommit) {
        self.commit = commit
        steps = commit.steps.map(StepRow.init)
        settled = commit.settled.map(SettlementRow.init)
        events = commit.events.map { $0.data.columnText }
        runState = commit.runState.map(RunStateRow.init)
    }
}

/// A new run and its JSON columns as text.
struct RunRow: Sendable {
    let record: RunRecord
    let document: String
    let inputs: StoredColumn
    let variables: String?
    let triggerValue: StoredColumn?

    init(_ record: RunRecord) {
        self.record = record
        triggerValue = record.triggerValue.map(StoredColumn.init)
        document = record.document.serialized()
        inputs = StoredColumn(record.inputs)
        variables = record.variables.isEmpty ? nil : JSON.object(record.variables).serialized()
    }
}

/// A step run and its JSON columns as text.
struct StepRow: Sendable {
    let record: StepRunRecord
    let output: StoredColumn?
    let error: String?
    let usage: String?
    let warnings: String?

    init(_ record: StepRunRecord) {
        self.record = record
        output = record.output.map(StoredColumn.init)
        error = record.error?.json.serialized()
        usage = record.usage?.json.serialized()
        warnings =
            record.warnings.isEmpty ? nil : JSON.array(record.warnings.map(JSON.string)).serialized()
    }
}

/// The end of an attempt and its JSON columns as text.
struct SettlementRow: Sendable {
    let settlement: AttemptSettlement
    let error: String?
    let with: StoredColumn?

    init(_ settlement: AttemptSettlement) {
        self.settlement = settlement
        error = settlement.error?.json.serialized()
        with = settlement.with.map(StoredColumn.init)
    }
}

/// The state of a run and its JSON columns as text.
struct RunStateRow: Sendable {
    let state: RunState
    let outputs: StoredColumn?
    let error: String?

    init(_ state: RunState) {
        self.state = state
        outputs = state.outputs.map(StoredColumn.init)
        error = state.error?.json.serialized()
    }
}

extension JSON {
    /// This value as a column holds it. Most events have no data.
    fileprivate var columnText: String {
        if case .object(let members) = self, members.isEmpty { "{}" } else { serialized() }
    }
}
