import FactoryDefinition
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

    private let engine: Engine
    private let runs: any RunStore
    private let document: @Sendable (ID<PipelineRecord>) async throws(StoreError) -> PipelineRecord
    private let mayRun: @Sendable (_ owner: String, ID<PipelineRecord>) async throws(StoreError) -> Bool
    private let secrets: @Sendable (_ owner: String) async throws(StoreError) -> SecretVault
    private let workspace: @Sendable (_ owner: String) -> String

    /// A starter that works with these.
    ///
    /// - Parameters:
    ///   - document: the pipeline with the document that its triggers run.
    ///   - mayRun: whether an account may run a pipeline now.
    ///   - secrets: what runs of an account may use.
    ///   - workspace: the folder of an account's workspace.
    public init(
        engine: Engine, runs: any RunStore,
        document: @escaping @Sendable (ID<PipelineRecord>) async throws(StoreError) -> PipelineRecord,
        mayRun: @escaping @Sendable (_ owner: String, ID<PipelineRecord>) async throws(StoreError) -> Bool,
        secrets: @escaping @Sendable (_ owner: String) async throws(StoreError) -> SecretVault,
        workspace: @escaping @Sendable (_ owner: String) -> String
    ) {
        self.engine = engine
        self.runs = runs
        self.document = document
        self.mayRun = mayRun
        self.secrets = secrets
        self.workspace = workspace
    }

    /// The inputs of a pipeline, as its document has them now; nil where the document is not valid.
    func inputs(of pipeline: ID<PipelineRecord>) async throws(StoreError) -> [InputField]? {
        Self.reading(of: try await document(pipeline)).pipeline?.inputs
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
        let (record, isAllowed, vault): (PipelineRecord, Bool, SecretVault)
        do throws(StoreError) {
            record = try await document(trigger.pipeline)
            isAllowed = try await mayRun(trigger.owner, trigger.pipeline)
            vault = try await secrets(trigger.owner)
        } catch {
            guard case .notFound = error else { throw .later(error.description) }
            throw .refused("the pipeline is not there any more")
        }
        guard record.trashedAt == nil else { throw .refused("the pipeline is in the trash") }
        guard isAllowed else { throw .refused("whoever made this trigger may no longer run the pipeline") }
        let reading = Self.reading(of: record)
        guard let pipeline = reading.pipeline else {
            let first = reading.problems.first { $0.severity == .error }
            throw .refused("the document is not valid: \(first?.message ?? "no reason given")")
        }
        let checked = InputCheck(pipeline.inputs).check(inputs)
        guard let values = checked.values else {
            let reasons = checked.problems.map { "\($0.path): \($0.message)" }
            throw .refused("the inputs are not valid: \(reasons.joined(separator: "; "))")
        }
        let missing = pipeline.secretNames.subtracting(vault.names).sorted()
        guard missing.isEmpty else {
            throw .refused("the document uses secrets that are not there: \(missing.joined(separator: ", "))")
        }
        return RunRequest(
            pipeline: pipeline, inputs: values, secrets: vault, workspace: workspace(trigger.owner),
            owner: trigger.owner, trigger: trigger.kind.rawValue, triggerValue: value, pipelineID: record.id, id: id)
    }

    private static func reading(of record: PipelineRecord) -> DocumentReading {
        DocumentReader().read(Array(record.text.utf8), as: record.format == .yaml ? .yaml : .json)
    }
}
