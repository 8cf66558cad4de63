import FactoryDomain
import FactoryJSON
import FactoryLLM

/// The fields of a prompt step, read from its rendered `with`.
struct PromptFields {
    var model: String
    var messages: [ChatMessage]
    var temperature: Double?
    var topP: Double?
    var maxTokens: Int?
    var stop: [String]
    var seed: Int64?
    var reasoning: String?
    var schema: AnswerSchema?
    var isStreamed: Bool

    /// - Throws: `invalid_field` for what a rendered template made of a field.
    init(_ with: JSON) throws(StepFailure) {
        model = with["model"]?.stringValue ?? "default"
        messages = try Self.messages(with)
        temperature = try Self.number(with, "temperature", in: 0...2)
        topP = try Self.number(with, "top_p", in: 0...1)
        maxTokens = try Self.integer(with, "max_tokens", in: 1...10_000_000).map { Int($0) }
        stop = try Self.texts(with, "stop")
        seed = try Self.integer(with, "seed", in: .min ... .max)
        reasoning = with["reasoning"]?.stringValue
        if let document = with["schema"], !document.isNull { schema = try AnswerSchema(document) }
        isStreamed = with["stream"]?.boolValue ?? true
    }

    /// The request, and a warning for each option the provider does not take.
    func request(to target: ModelRouter.Target) -> (ChatRequest, warnings: [String]) {
        let features = target.provider.features
        var warnings: [String] = []
        var request = ChatRequest(
            model: target.model, messages: messages, temperature: temperature, topP: topP,
            maxTokens: maxTokens ?? features.neededTokenLimit.map { target.facts.outputLimit ?? $0 }, stop: stop,
            seed: seed, reasoning: reasoning, schema: schema?.document, isStreamed: isStreamed)
        func ignore(_ option: String) {
            warnings.append("\(option) is not supported by this provider and was not sent")
        }
        if seed != nil, !features.takesSeed {
            request.seed = nil
            ignore("seed")
        }
        if reasoning != nil, !features.takesReasoning {
            request.reasoning = nil
            ignore("reasoning")
        }
        if let temperature, temperature > features.maxTemperature {
            request.temperature = features.maxTemperature
            warnings.append(
                "temperature \(temperature) was lowered to \(features.maxTemperature), this provider's most")
        }
        if stop.count > features.maxStops {
            request.stop = Array(stop.prefix(features.maxStops))
            warnings.append("only the first \(features.maxStops) of \(stop.count) stop texts were sent")
        }
        if let schema, !features.takesSchema {
            request.schema = nil
            request.messages.insert(ChatMessage(.system, schema.instruction), at: 0)
        }
        return (request, warnings)
    }

    private static func messages(_ with: JSON) throws(StepFailure) -> [ChatMessage] {
        var messages: [ChatMessage] = []
        if let system = with["system"], !system.isNull { messages.append(ChatMessage(.system, text(system))) }
        if let prompt = with["prompt"] {
            messages.append(ChatMessage(.user, text(prompt)))
        } else {
            for (place, message) in (with["messages"]?.arrayValue ?? []).enumerated() {
                guard let role = message["role"]?.stringValue.flatMap(ChatMessage.Role.init(rawValue:)),
                    let content = message["content"]
                else { throw invalid("messages[\(place)]", "needs a role (system, user, assistant) and content") }
                messages.append(ChatMessage(role, text(content)))
            }
        }
        guard messages.contains(where: { $0.role != .system && !$0.content.isEmpty }) else {
            throw invalid(with["prompt"] == nil ? "messages" : "prompt", "is empty")
        }
        return messages
    }

    /// A template that is one expression keeps its value's kind; models get text.
    private static func text(_ json: JSON) -> String {
        switch json {
        case .string(let text): text
        case .null: ""
        default: json.serialized()
        }
    }

    private static func number(
        _ with: JSON, _ name: String, in range: ClosedRange<Double>
    ) throws(StepFailure) -> Double? {
        guard let json = with[name], !json.isNull else { return nil }
        guard let number = json.doubleValue ?? json.stringValue.flatMap(Double.init), range.contains(number) else {
            throw invalid(name, "takes a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func integer(
        _ with: JSON, _ name: String, in range: ClosedRange<Int64>
    ) throws(StepFailure) -> Int64? {
        guard let json = with[name], !json.isNull else { return nil }
        let integral = json.doubleValue.flatMap(Int64.init(exactly:))
        guard let number = json.intValue ?? integral ?? json.stringValue.flatMap({ Int64($0) }), range.contains(number)
        else { throw invalid(name, "takes a whole number from \(range.lowerBound) to \(range.upperBound)") }
        return number
    }

    private static func texts(_ with: JSON, _ name: String) throws(StepFailure) -> [String] {
        switch with[name] {
        case nil, .null: return []
        case .string(let text): return [text]
        case .array(let elements):
            let texts = elements.compactMap(\.stringValue)
            guard texts.count == elements.count else { throw invalid(name, "takes texts") }
            return texts
        default: throw invalid(name, "takes a text or a list of texts")
        }
    }

    private static func invalid(_ name: String, _ problem: String) -> StepFailure {
        StepFailure(code: "invalid_field", message: "with.\(name) \(problem)")
    }
}
