import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryLLM

/// What a prompt step gives: the last answer, with the counts and costs of all calls.
struct PromptAnswer {
    private let target: ModelRouter.Target
    private var results: [ChatResult]
    private var warnings: [String]
    /// True where nobody was asked: then nothing was used, and nothing is to be paid.
    private let isRecorded: Bool

    init(target: ModelRouter.Target, first: ChatResult, warnings: [String], isRecorded: Bool = false) {
        self.target = target
        results = [first]
        self.warnings = warnings
        self.isRecorded = isRecorded
    }

    mutating func add(_ result: ChatResult) { results.append(result) }

    /// A cut or withheld answer is a result, but whoever reads it should know.
    mutating func noteCut() {
        switch results.last?.finishReason {
        case .length: warnings.append("the answer was cut at the token limit; raise max_tokens for the rest")
        case .contentFilter: warnings.append("the provider withheld the answer, or the model refused")
        default: break
        }
    }

    func output(json: JSON?) -> StepOutput {
        StepOutput(value: value(json: json), usage: usage, warnings: warnings)
    }

    func value(json: JSON?) -> JSON {
        let last = results.last
        var object: JSONObject = ["text": .string(last?.text ?? "")]
        if let json { object["json"] = json }
        object["model"] = .string(last?.model ?? target.model)
        object["provider"] = .string(target.provider.name)
        object["finish_reason"] = .string((last?.finishReason ?? .other).rawValue)
        object["usage"] = [
            "input_tokens": sum { $0.input }, "output_tokens": sum { $0.output }, "cached_tokens": sum { $0.cached },
        ]
        object["cost_usd"] = cost.map(JSON.double) ?? .null
        object["tool_calls"] = []
        object["latency"] = [
            "first_token_ms": results.first?.firstToken.map { .int($0.milliseconds) } ?? .null,
            "total_ms": .int(results.reduce(Duration.zero) { $0 + $1.total }.milliseconds),
        ]
        return .object(object)
    }

    /// What all calls together used, nil for nothing; a count that one of them did not say is unknown.
    var usage: Usage? {
        guard !isRecorded else { return nil }
        return Usage(
            calls: results.count, inputTokens: total { $0.input }, outputTokens: total { $0.output }, costUSD: cost,
            model: "\(target.provider.name)/\(target.model)")
    }

    /// Known only when every call's cost is.
    private var cost: Double? {
        guard !isRecorded else { return nil }
        let costs = results.compactMap { target.facts.price?.cost(of: $0.usage) }
        return costs.count == results.count ? costs.reduce(0, +) : nil
    }

    /// The sum over all calls; nil when one of them did not say.
    private func total(_ count: (TokenUsage) -> Int?) -> Int? {
        let counts = results.compactMap { $0.usage.flatMap(count) }
        return counts.count == results.count ? counts.reduce(0, +) : nil
    }

    private func sum(_ count: (TokenUsage) -> Int?) -> JSON { total(count).map { .int(Int64($0)) } ?? .null }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}
