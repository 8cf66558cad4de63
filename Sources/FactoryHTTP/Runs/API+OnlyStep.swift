import FactoryAPI
import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryStore

/// The step that a request for a run asks for alone.
struct OnlyRequest: Sendable {
    /// Most characters of a step's id.
    static let longestStep = 64

    let step: String
    /// The run that it shall get what it reads from; nil for the latest that has it.
    let source: ID<Run>?

    /// Reads the member `only`; nil where it is not there.
    init?(_ value: JSON?) throws(APIProblem) {
        guard let value else { return nil }
        guard case .object(let members) = value else {
            throw .invalid(field: "only", "must be an object, not a \(value.kindName)")
        }
        try APIProblem.refuseUnknown(members.keys, known: ["step", "from_run"])
        guard let step = members["step"]?.stringValue, (1...Self.longestStep).contains(step.unicodeScalars.count) else {
            throw .invalid(field: "only.step", "must be the id of a step")
        }
        self.step = step
        guard let named = members["from_run"] else {
            source = nil
            return
        }
        guard let id = named.stringValue.flatMap(ID<Run>.init(parsing:)) else {
            throw .invalid(field: "only.from_run", "must be the id of a run")
        }
        source = id
    }
}

/// What a run is given that a person starts.
struct RunGiven: Sendable {
    var inputs: JSONObject
    var environment: String?
    var trigger: JSON?
}

extension API {
    /// The step that is asked for, with what it got in a past run that the caller may see all of.
    func loneStep(
        _ only: OnlyRequest, of pipeline: Pipeline, _ record: PipelineRecord, for request: APIRequest
    ) async throws(APIProblem) -> LoneStep {
        if let source = only.source { try await requireAll(of: source, for: request) }
        let past = PastRuns(pipelineID: record.id, pipeline: pipeline.name, owner: request.owner)
        let found = try await stored { () throws(StoreError) in
            try await RunReader(services.runs).loneStep(only.step, of: pipeline, from: only.source, among: past)
        }
        do throws(LoneStepProblem) { return try found.get() } catch { throw APIProblem(error) }
    }

    /// What a run that goes on with values of `source` is given: what that was given, where the request says nothing else.
    ///
    /// - Parameter names: the members of the request.
    func given(
        _ asked: RunGiven, from source: RunRecord, to pipeline: Pipeline, for request: APIRequest, _ names: [String]
    ) throws(APIProblem) -> RunGiven {
        var given = asked
        do throws(EngineError) {
            let past = try services.engine.given(to: source)
            given.trigger = past.trigger
            for field in pipeline.inputs where asked.inputs[field.name] == nil {
                if let value = past.inputs[field.name] { given.inputs[field.name] = value }
            }
        } catch { throw APIProblem(error) }
        // An environment is its owner's.
        if !names.contains("environment"), source.owner == request.owner { given.environment = source.environment }
        return given
    }
}

extension APIProblem {
    /// What it means to a client that a step cannot be run alone.
    init(_ problem: LoneStepProblem) {
        switch problem {
        case .unknownStep:
            self = .invalid(field: "only.step", "names no step: \(problem.message)")
            hint = problem.hint
        case .otherPipeline:
            self = .invalid(field: "only.from_run", "does not fit: \(problem.message)")
            hint = problem.hint
        case .disabled, .notEnded: self.init(.conflict, problem.message, hint: problem.hint)
        case .missing(let steps, _, _):
            self.init(
                .missingOutputs, problem.message, hint: problem.hint,
                errors: steps.map { step in
                    Entry(
                        path: "steps.\(step).output", code: APIProblemCode.missingOutputs.rawValue,
                        message: "there is no output of `\(step)`")
                })
        }
    }
}
