public import FactoryDefinition
public import FactoryDomain
import FactoryExpressions

/// A step that is run alone, with what it reads of other steps as a past run left it.
///
/// It runs because it was asked for: its `if`, branches and failures above it decide nothing. The steps above it are
/// taken over as they ended, outputs by reference; every other step is skipped, `not_asked_for`.
public struct LoneStep: Sendable {
    /// Its id.
    public let step: String
    /// The run that it reads; nil where it reads none.
    public let source: RunRecord?

    /// What is taken over, by step id.
    private let reused: [String: StepRunRecord]

    /// `step` of `pipeline` with what it needs of a past run.
    ///
    /// - Parameter source: a run that has ended, and its steps; nil for none.
    public init(
        _ step: String, of pipeline: Pipeline, from source: (run: RunRecord, steps: [StepRunRecord])?
    ) throws(LoneStepProblem) {
        guard let place = pipeline.steps.firstIndex(where: { $0.id == step }) else {
            throw .unknownStep(step, known: pipeline.steps.map(\.id))
        }
        guard pipeline.steps[place].isEnabled else { throw .disabled(step) }
        if let run = source?.run, !run.status.isFinal { throw .notEnded(run.id) }
        let above = Set(RunPlan(pipeline).ancestors(of: place).map { pipeline.steps[$0].id })
        var reused: [String: StepRunRecord] = [:]
        for record in source?.steps ?? [] where above.contains(record.stepID) && !record.isUnasked {
            reused[record.stepID] = record
        }
        let missing = pipeline.steps[place].stepsRead.filter { reused[$0]?.output == nil }
        guard missing.isEmpty else { throw .missing(missing, for: step, in: source?.run.id) }
        self.step = step
        self.source = source?.run
        self.reused = reused
    }

    /// Whether all it reads was made by this version alone, with values of `lender`: what a draft or other values made of
    /// it could lead somebody's secrets astray.
    public func readsOnly(version: Int64?, lentBy lender: String) -> Bool {
        guard let source else { return true }
        return source.only == nil && source.version == version && source.lender == lender
    }

    /// What the run keeps of it.
    var record: OnlyStep { OnlyStep(step: step, source: source?.id) }

    /// The step runs of a run in which nothing happened yet, as they stand when it begins.
    func settling(_ steps: [StepRunRecord]) -> [StepRunRecord] {
        steps.map { step in
            if step.stepID == self.step { return step }
            return reused[step.stepID].map(step.taking) ?? step.unasked(besides: self.step)
        }
    }
}

/// Why a step cannot be run alone.
public enum LoneStepProblem: Error, Sendable, Hashable {
    /// The document has no step of this id.
    case unknownStep(String, known: [String])
    /// It says `enabled: false`.
    case disabled(String)
    /// The past run is of another pipeline.
    case otherPipeline(ID<Run>)
    /// The past run has not ended.
    case notEnded(ID<Run>)
    /// The step reads outputs of these steps, which the past run does not have; nil for no run at all.
    case missing([String], for: String, in: ID<Run>?)

    /// What is wrong, in one sentence.
    public var message: String {
        switch self {
        case .unknownStep(let step, _): "the document has no step `\(step.prefix(80))`"
        case .disabled(let step): "the step `\(step)` is disabled"
        case .otherPipeline(let run): "\(run) is a run of another pipeline"
        case .notEnded(let run): "\(run) has not ended"
        case .missing(let steps, let step, let run):
            "`\(step)` reads what \(steps.map { "`\($0)`" }.joined(separator: ", ")) gave, and "
                + (run.map { "\($0) has no output of that" } ?? "there is no run yet that has it")
        }
    }

    /// What to do about it.
    public var hint: String {
        switch self {
        case .unknownStep(let step, let known):
            Suggestion.hint(for: step, among: known) ?? "it has \(known.prefix(20).joined(separator: ", "))"
        case .disabled: "take `enabled: false` out of it"
        case .otherPipeline: "name a run of this pipeline, or none for the latest that has what the step reads"
        case .notEnded: "wait for its end, or name another run"
        case .missing: "run the whole pipeline once, or name a run in which these steps succeeded"
        }
    }
}

extension Step {
    /// Ids of the steps whose outputs it reads, whatever else it finds there. Where it looks whether there is an output,
    /// it can do without.
    fileprivate var stepsRead: [String] {
        let references = AttemptOrder.references(of: self).filter { $0.path.first == "steps" && $0.path.count > 1 }
        let asked = references.filter { $0.isPresenceTest && $0.path.count <= 3 }.map { $0.path[1] }
        var read: [String] = []
        for reference in references where !reference.isPresenceTest {
            let id = reference.path[1]
            let isOfOutput = reference.path.count == 2 || reference.path[2] == "output"
            if isOfOutput, !asked.contains(id), !read.contains(id) { read.append(id) }
        }
        return read
    }
}

extension StepRunRecord {
    /// Whether it was left out of a run of another step.
    var isUnasked: Bool { skipped?.reason == .notAskedFor }

    /// This step run with the end that `other` had. What that took and used stays there.
    func taking(_ other: StepRunRecord) -> StepRunRecord {
        var step = self
        step.status = other.status
        step.isHandled = other.isHandled
        step.output = other.output
        step.error = other.error
        step.skipped = other.skipped
        step.branch = other.branch
        return step
    }

    fileprivate func unasked(besides other: String) -> StepRunRecord {
        var step = self
        step.status = .skipped
        step.skipped = SkipRecord(reason: .notAskedFor, text: "`\(other)` was run alone")
        return step
    }
}
