public import FactoryDefinition
public import FactoryDomain
public import FactoryEngine
import FactoryJSON
public import FactorySecrets
public import FactoryStore

/// Starts the runs of triggers: as whoever made the trigger, on what the pipeline says now.
public struct RunStarter: Sendable {
    /// Why no run was started.
    enum Failure: Error {
        /// There is something to be put right.
        case refused(String)
        /// Nothing is wrong with the trigger: it may be tried again.
        case later(String)
    }

    /// What a pipeline's triggers run.
    public struct Source: Sendable {
        /// The pipeline.
        public var pipeline: PipelineRecord
        /// The number of its version that is run; nil for the draft.
        public var version: Int64?
        /// The text of that.
        public var text: String
        /// What the text is written in.
        public var format: PipelineRecord.Format

        /// What stands in the draft of `pipeline`.
        public init(draftOf pipeline: PipelineRecord) {
            (self.pipeline, text, format) = (pipeline, pipeline.text, pipeline.format)
        }
    }

    /// What a run of an account is given.
    public typealias Values =
        @Sendable (
            _ owner: String, _ environment: String?, Pipeline, Source
        ) async throws(SecretError) -> RunValues

    private let engine: Engine
    private let runs: any RunStore
    private let source: @Sendable (ID<PipelineRecord>) async throws(StoreError) -> Source
    private let mayRun: @Sendable (_ owner: String, ID<PipelineRecord>) async throws(StoreError) -> Bool
    private let values: Values
    private let workspace: @Sendable (_ owner: String) -> String

    /// A starter that works with these.
    ///
    /// - Parameters:
    ///   - source: what a pipeline's triggers run.
    ///   - mayRun: whether an account may run a pipeline now.
    ///   - values: the secrets and variables of an account's run.
    ///   - workspace: the folder of an account's workspace.
    public init(
        engine: Engine, runs: any RunStore,
        source: @escaping @Sendable (ID<PipelineRecord>) async throws(StoreError) -> Source,
        mayRun: @escaping @Sendable (_ owner: String, ID<PipelineRecord>) async throws(StoreError) -> Bool,
        values: @escaping Values,
        workspace: @escaping @Sendable (_ owner: String) -> String
    ) {
        self.engine = engine
        self.runs = runs
        self.source = source
        self.mayRun = mayRun
        self.values = values
        self.workspace = workspace
    }

    /// The inputs of a pipeline, as its document has them now; nil where the document is not valid.
    func inputs(of pipeline: ID<PipelineRecord>) async throws(StoreError) -> [InputField]? {
        Self.reading(of: try await source(pipeline)).pipeline?.inputs
    }

    /// Whether the run `id` was started before.
    func isStarted(_ id: ID<Run>) async throws(StoreError) -> Bool {
        do throws(StoreError) { _ = try await runs.run(id) } catch {
            guard case .notFound = error else { throw error }
            return false
        }
        return true
    }

    /// Starts the run `id` of a trigger.
    func start(
        _ id: ID<Run>, of trigger: TriggerRecord, inputs: JSONObject, value: JSON
    ) async throws(Failure) {
        let request = try await request(id, of: trigger, inputs, value)
        do throws(EngineError) { _ = try await engine.start(request) } catch {
            // Somebody else, who had it from the store as well, may have been faster.
            if (try? await isStarted(id)) == true { return }
            throw .later(error.description)
        }
    }

    private func request(
        _ id: ID<Run>, of trigger: TriggerRecord, _ inputs: JSONObject, _ value: JSON
    ) async throws(Failure) -> RunRequest {
        let (source, isAllowed): (Source, Bool)
        do throws(StoreError) {
            source = try await self.source(trigger.pipeline)
            isAllowed = try await mayRun(trigger.owner, trigger.pipeline)
        } catch {
            guard case .notFound = error else { throw .later(error.description) }
            throw .refused("the pipeline is not there any more")
        }
        guard source.pipeline.trashedAt == nil else { throw .refused("the pipeline is in the trash") }
        guard isAllowed else { throw .refused("whoever made this trigger may no longer run the pipeline") }
        let reading = Self.reading(of: source)
        guard let pipeline = reading.pipeline else {
            let first = reading.problems.first { $0.severity == .error }
            throw .refused("the document is not valid: \(first?.message ?? "no reason given")")
        }
        let checked = InputCheck(pipeline.inputs).check(inputs)
        guard let inputs = checked.values else {
            let reasons = checked.problems.map { "\($0.path): \($0.message)" }
            throw .refused("the inputs are not valid: \(reasons.joined(separator: "; "))")
        }
        let environment = trigger.settings.objectValue?["environment"]?.stringValue
        let own = try await own(trigger.owner, environment, pipeline, source)
        let missing = pipeline.secretNames.subtracting(own.secrets.names).sorted()
        guard missing.isEmpty else {
            throw .refused("the document uses secrets that are not there: \(missing.joined(separator: ", "))")
        }
        return RunRequest(
            pipeline: pipeline, inputs: inputs, secrets: own.secrets, environment: environment,
            lender: own.lender, variables: own.variables, workspace: workspace(trigger.owner), owner: trigger.owner,
            trigger: trigger.kind.rawValue, triggerValue: value, pipelineID: trigger.pipeline, version: source.version,
            id: id)
    }

    private func own(
        _ owner: String, _ environment: String?, _ pipeline: Pipeline, _ source: Source
    ) async throws(Failure) -> RunValues {
        do throws(SecretError) { return try await values(owner, environment, pipeline, source) } catch {
            switch error {
            case .store(.notFound): throw .refused("there is no environment \(environment ?? "") any more")
            case .store(let error): throw .later(error.description)
            default: throw .refused(error.description)
            }
        }
    }

    private static func reading(of source: Source) -> DocumentReading {
        DocumentReader().read(Array(source.text.utf8), as: source.format == .yaml ? .yaml : .json)
    }
}
