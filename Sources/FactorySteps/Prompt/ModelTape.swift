public import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryEngine
public import FactoryLLM
import FactorySecrets

/// Between prompt steps and models: answers from a recording where the run has one, and records where that is wanted.
public struct ModelTape: Sendable {
    private let blobs: BlobStore
    private let recorder: CassetteRecorder?

    /// - Parameters:
    ///   - blobs: where the recordings of runs are.
    ///   - recorder: keeps what models answer; nil to keep nothing.
    public init(blobs: BlobStore, recorder: CassetteRecorder? = nil) {
        self.blobs = blobs
        self.recorder = recorder
    }

    /// Who answers for the model `name` in this attempt: its run's recording, or who `live` gives.
    func target(
        for name: String, in work: StepWork, live: () async throws(ModelError) -> ModelRouter.Target
    ) async throws(StepFailure) -> ModelRouter.Target {
        let place = CallPlace(step: work.step.id, attempt: work.attemptNumber)
        let redactor = work.secrets.redactor
        let conceal: @Sendable (String) -> String = { redactor.redact($0) }
        let cassette = try work.cassette.map { hash throws(StepFailure) in try read(hash) }
        do throws(ModelError) {
            if let cassette { return try CassettePlayer(cassette).target(for: name, at: place, conceal: conceal) }
            let target = try await live()
            return recorder?.recording(target, as: name, at: place, conceal: conceal) ?? target
        } catch { throw StepFailure(error) }
    }

    private func read(_ hash: ContentHash) throws(StepFailure) -> Cassette {
        let problem: String
        do {
            return try Cassette(parsing: try blobs.read(hash, maxBytes: Cassette.maxBytes))
        } catch let error as BlobError { problem = error.description } catch { problem = "\(error)" }
        throw StepFailure(code: "storage_error", message: "The run's recording cannot be read: \(problem).")
    }
}
