public import FactoryDefinition
public import FactoryDomain
public import FactoryJSON
public import FactoryStore

/// A new run that goes on from a step of a run that has ended, with what the steps before it gave there.
///
/// A step is kept as it ended, outputs by reference and file changes with it, where it succeeded, was skipped or had its
/// failure handled, where the document still says of it what it said, and where nothing that it needs runs anew. All
/// else runs.
public struct RunFork: Sendable {
    /// The run that it goes on from.
    public let source: RunRecord
    /// What is kept, by step id.
    private let kept: [String: StepRunRecord]
    /// Outputs that take the place of those the source had, by step id.
    private let values: [String: JSON]
    /// File changes of the kept steps, in the order they were settled.
    private let changes: [(step: String, change: FileChange)]

    /// A run of `pipeline` from `step` on.
    ///
    /// - Parameters:
    ///   - source: a run that has ended.
    ///   - changes: the file changes that its steps made, in order.
    ///   - workspace: where the new run works. What is applied there already is not brought along.
    ///   - values: outputs of steps before `step`, by their ids, in the place of what these gave.
    public init(
        at step: String, of pipeline: Pipeline, from source: RunReport, changes: [SettledChange],
        into workspace: String, values: [String: JSON] = [:]
    ) throws(RunForkProblem) {
        guard let start = pipeline.steps.firstIndex(where: { $0.id == step }) else {
            throw .unknownStep(step, known: pipeline.steps.map(\.id))
        }
        guard source.run.status.isFinal else { throw .notEnded(source.run.id) }
        if let only = source.run.only { throw .isAlone(source.run.id, only.step) }
        let plan = RunPlan(pipeline)
        let past = Dictionary(uniqueKeysWithValues: source.steps.map { ($0.stepID, $0) })
        let (before, now) = (StepWords(source.run.document), StepWords(pipeline.document))
        let open = pipeline.steps.indices.filter { place in
            let id = pipeline.steps[place].id
            if place == start { return true }
            return values[id] == nil && (past[id]?.isKeepable != true || before[id] != now[id])
        }
        let behind = plan.descendants(of: [start])
        // What a value was given for does not run, and so nothing runs anew for its sake.
        let given = Set(pipeline.steps.indices.filter { values[pipeline.steps[$0].id] != nil })
        let anew = plan.descendants(of: Set(open), stoppingAt: given.subtracting(behind)).union(behind)
        for id in values.keys.sorted() {
            guard let place = pipeline.steps.firstIndex(where: { $0.id == id }) else {
                throw .unknownStep(id, known: pipeline.steps.map(\.id))
            }
            guard !anew.contains(place) else { throw .runsAnew(id, from: step) }
        }
        var kept: [String: StepRunRecord] = [:]
        for place in pipeline.steps.indices where !anew.contains(place) {
            kept[pipeline.steps[place].id] = past[pipeline.steps[place].id]
        }
        let made = Dictionary(uniqueKeysWithValues: source.steps.map { ($0.id, $0.stepID) })
        let isThere = source.run.workspace == workspace
        let applied = Set(source.plan.filter { $0.state == .applied && isThere }.map(\.path))
        self.source = source.run
        self.kept = kept
        self.values = values
        self.changes = changes.compactMap { settled in
            guard let step = made[settled.stepRun], kept[step] != nil, !applied.contains(settled.change.path) else {
                return nil
            }
            return (step, settled.change)
        }
    }

    /// Whether all it keeps was made by this version alone, with values of `lender`: what a draft, another run or
    /// somebody's hand made of it could lead somebody's secrets astray.
    public func readsOnly(version: Int64?, lentBy lender: String) -> Bool {
        values.isEmpty && source.only == nil && source.forkedFrom == nil && source.version == version
            && source.lender == lender
    }

    /// The step runs of a run in which nothing happened yet, as they stand when it begins.
    ///
    /// - Parameter store: keeps an output that takes the place of another.
    func settling<Failure>(
        _ steps: [StepRunRecord], storing store: (JSON) throws(Failure) -> StoredValue
    ) throws(Failure) -> [StepRunRecord] {
        var settled: [StepRunRecord] = []
        for step in steps {
            var own = kept[step.stepID].map(step.taking) ?? step
            if let value = values[step.stepID] {
                own = step
                (own.status, own.output) = (.succeeded, try store(value))
            }
            settled.append(own)
        }
        return settled
    }

    /// The file changes that the kept ones of `steps` bring along.
    func settledChanges(of steps: [StepRunRecord]) -> [SettledChange] {
        let own = Dictionary(uniqueKeysWithValues: steps.map { ($0.stepID, $0) })
        return changes.compactMap { made in
            own[made.step].map { SettledChange(stepRun: $0.id, position: $0.position, change: made.change) }
        }
    }
}

/// Why a run cannot be forked.
public enum RunForkProblem: Error, Sendable, Hashable {
    /// The document has no step of this id.
    case unknownStep(String, known: [String])
    /// It has not ended.
    case notEnded(ID<Run>)
    /// It is a run of this step alone.
    case isAlone(ID<Run>, String)
    /// An output was given for a step that runs anew.
    case runsAnew(String, from: String)

    /// What is wrong, in one sentence.
    public var message: String {
        switch self {
        case .unknownStep(let step, _): "the document has no step `\(step.prefix(80))`"
        case .notEnded(let run): "\(run) has not ended"
        case .isAlone(let run, let step): "\(run) is a run of `\(step)` alone, and has nothing to go on with"
        case .runsAnew(let step, let from): "`\(step)` runs anew from `\(from)` on, and gives an output of its own"
        }
    }

    /// What to do about it.
    public var hint: String {
        switch self {
        case .unknownStep(let step, let known):
            Suggestion.hint(for: step, among: known) ?? "it has \(known.prefix(20).joined(separator: ", "))"
        case .notEnded: "wait for its end, or cancel it"
        case .isAlone: "name a run of the whole pipeline"
        case .runsAnew: "give outputs only of steps that are neither the named one nor behind it"
        }
    }
}

/// What a document says of each step, as far as it decides what the step gives.
private struct StepWords {
    /// What can be said otherwise without another output.
    private static let idle: Set<String> = ["title", "description", "retry", "timeout", "cache"]

    private var steps: [String: JSON] = [:]

    init(_ document: JSON) {
        let defaults = document["defaults"]
        for step in document["steps"]?.arrayValue ?? [] {
            guard case .object(var members) = step, let id = members["id"]?.stringValue else { continue }
            for key in Self.idle { members[key] = nil }
            let type = members["type"]?.stringValue.flatMap(StepType.named)
            if let model = defaults?["model"], type?.fields.contains(where: { $0.name == "model" }) == true {
                var with = members["with"]?.objectValue ?? [:]
                if with["model"] == nil { with["model"] = model }
                members["with"] = .object(with)
            }
            steps[id] = .object(members)
        }
    }

    subscript(id: String) -> JSON? { steps[id] }
}

extension StepRunRecord {
    /// Whether what became of it can stand in another run.
    fileprivate var isKeepable: Bool {
        switch status {
        case .succeeded: true
        case .failed: isHandled
        case .skipped: [.if, .branch, .disabled].contains(skipped?.reason)
        case .queued, .running, .waiting, .cancelled: false
        }
    }
}
