import FactoryDomain
import FactoryJSON

/// One attribute of spans: its name, and where its value comes from. Without a value it is left out.
struct SpanAttribute<Subject>: Sendable {
    let name: String
    let value: @Sendable (Subject) -> JSON?
}

/// The mapping from runs, steps and attempts to attributes, in one place. `docs/operations.md` shows it.
///
/// Names that begin with `gen_ai.` and `error.type` are those of the OpenTelemetry semantic conventions for generative AI
/// clients (1.37); prompts, answers and other contents are never put into spans.
enum SpanAttributes {
    static let run: [SpanAttribute<RunRecord>] = [
        SpanAttribute(name: "code_factory.run.id") { .string($0.id.rawValue) },
        SpanAttribute(name: "code_factory.run.number") { $0.number > 0 ? .int($0.number) : nil },
        SpanAttribute(name: "code_factory.pipeline.name") { .string($0.pipeline) },
        SpanAttribute(name: "code_factory.run.trigger") { .string($0.trigger) },
        SpanAttribute(name: "code_factory.run.status") { .string($0.status.rawValue) },
        SpanAttribute(name: "error.type") { $0.error.map { .string($0.code) } },
    ]

    static let step: [SpanAttribute<StepRunRecord>] = [
        SpanAttribute(name: "code_factory.step.path") { .string($0.path) },
        SpanAttribute(name: "code_factory.step.type") { .string($0.type) },
        SpanAttribute(name: "code_factory.step.status") { .string($0.status.rawValue) },
        SpanAttribute(name: "error.type") { $0.status == .failed ? $0.error.map { .string($0.code) } : nil },
    ]

    static let attempt: [SpanAttribute<AttemptFact>] = [
        SpanAttribute(name: "code_factory.step.path") { .string($0.step.path) },
        SpanAttribute(name: "code_factory.step.type") { .string($0.step.type) },
        SpanAttribute(name: "code_factory.attempt.id") { .string($0.id.rawValue) },
        SpanAttribute(name: "code_factory.attempt.number") { .int(Int64($0.number)) },
        SpanAttribute(name: "code_factory.attempt.status") { .string($0.status.rawValue) },
        SpanAttribute(name: "error.type") { $0.error.map { .string($0.code) } },
        SpanAttribute(name: "gen_ai.operation.name") { $0.callsModel ? "chat" : nil },
        SpanAttribute(name: "gen_ai.provider.name") { $0.provider.map(JSON.string) },
        SpanAttribute(name: "gen_ai.request.model") { $0.model.map(JSON.string) },
        SpanAttribute(name: "gen_ai.usage.input_tokens") { $0.usage?.inputTokens.map { .int(Int64($0)) } },
        SpanAttribute(name: "gen_ai.usage.output_tokens") { $0.usage?.outputTokens.map { .int(Int64($0)) } },
        SpanAttribute(name: "code_factory.cost_usd") { $0.usage?.costUSD.map(JSON.double) },
    ]

    static func values<Subject>(
        of subject: Subject, _ table: [SpanAttribute<Subject>]
    ) -> [(name: String, value: JSON)] {
        table.compactMap { attribute in attribute.value(subject).map { (attribute.name, $0) } }
    }
}

extension AttemptFact {
    /// True where a model is what the attempt is about.
    var callsModel: Bool { step.type == "prompt" }

    /// The provider asked, once an answer told.
    var provider: String? { parts?.provider }

    /// The model asked; before an answer told, what the step names.
    var model: String? { callsModel ? parts?.model ?? requestedModel : nil }

    private var parts: (provider: String, model: String)? {
        guard let text = usage?.model, let slash = text.firstIndex(of: "/") else { return nil }
        return (String(text[..<slash]), String(text[text.index(after: slash)...]))
    }
}
