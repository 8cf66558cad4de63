public import FactoryDomain
public import FactoryEngine
import FactoryJSON
public import FactoryLLM

/// Asks a model: step type `prompt`.
///
/// With a `schema` the provider's own mode is used where it has one. What comes back is read tolerantly, checked, and
/// sent back once with the checker's words when it does not fit.
public struct PromptExecutor: StepExecutor {
    /// `prompt`.
    public var type: String { "prompt" }
    /// Model calls have a width of their own.
    public var lane: Lane { .llm }

    private let router: @Sendable (_ owner: String) async throws(ModelError) -> ModelRouter
    private let lent: @Sendable (ID<Run>) async throws(ModelError) -> ModelRouter?
    private let tape: ModelTape

    /// - Parameters:
    ///   - router: the models that the runs of an owner may ask, at the time of the call.
    ///   - lent: the models that a run may ask besides, because another lets it use theirs.
    ///   - tape: answers where a run has a recording.
    public init(
        router: @escaping @Sendable (_ owner: String) async throws(ModelError) -> ModelRouter,
        lent: @escaping @Sendable (ID<Run>) async throws(ModelError) -> ModelRouter? = { _ in nil }, tape: ModelTape
    ) {
        self.router = router
        self.lent = lent
        self.tape = tape
    }

    /// Asks the model, at most twice.
    ///
    /// - Throws: `invalid_field`, `invalid_output`, and the codes of ``ModelError``.
    public func execute(_ work: StepWork) async throws(StepFailure) -> StepOutcome {
        let fields = try PromptFields(work.with)
        let target = try await tape.target(for: fields.model, in: work) { () async throws(ModelError) in
            try await named(fields.model, in: work)
        }
        let (request, warnings) = fields.request(to: target)

        let first = try await call(target, request, announcing: fields.isStreamed ? work.announce : nil)
        var answer = PromptAnswer(
            target: target, first: first, warnings: warnings, isRecorded: work.cassette != nil)
        guard let schema = fields.schema else {
            answer.noteCut()
            return .output(answer.output(json: nil))
        }
        switch schema.check(first) {
        case .fits(let value): return .output(answer.output(json: value))
        case .cut: throw schema.cutFailure(of: answer)
        case .wrong(let words):
            work.announce(.progress(done: 1, of: 2, note: "The answer does not fit the schema; asking once more."))
            let second = try await call(target, schema.repair(of: first, in: request, words), announcing: nil)
            answer.add(second)
            switch schema.check(second) {
            case .fits(let value): return .output(answer.output(json: value))
            case .cut: throw schema.cutFailure(of: answer)
            case .wrong(let words): throw schema.failure(words, of: answer)
            }
        }
    }

    /// Who starts a run asks their own models first.
    private func named(_ model: String, in work: StepWork) async throws(ModelError) -> ModelRouter.Target {
        do throws(ModelError) { return try await router(work.owner).target(for: model) } catch {
            guard let lent = try await lent(work.run) else { throw error }
            do throws(ModelError) { return try await lent.target(for: model) } catch _ { throw error }
        }
    }

    private func call(
        _ target: ModelRouter.Target, _ request: ChatRequest, announcing: (@Sendable (Announcement) -> Void)?
    ) async throws(StepFailure) -> ChatResult {
        do {
            return try await target.provider.complete(request) { announcing?(.text($0)) }
        } catch {
            throw StepFailure(error)
        }
    }
}
