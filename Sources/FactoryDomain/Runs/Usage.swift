public import FactoryJSON

/// What model calls used.
///
/// Counts and costs add up as long as every part is known. One that is not makes the sum unknown: nil, never zero.
public struct Usage: Sendable, Hashable {
    /// Model calls made.
    public var calls: Int
    /// Tokens sent, cached ones included; nil where a provider did not say.
    public var inputTokens: Int?
    /// Tokens generated; nil where a provider did not say.
    public var outputTokens: Int?
    /// US dollars; nil as soon as one call had no known price.
    public var costUSD: Double?
    /// The model that was called, as `provider/model`; nil where it is not known, or where several were.
    public var model: String?

    /// No calls, nothing used.
    public static let none = Usage(calls: 0, inputTokens: 0, outputTokens: 0, costUSD: 0)

    /// A usage of these values.
    public init(calls: Int, inputTokens: Int?, outputTokens: Int?, costUSD: Double?, model: String? = nil) {
        self.calls = calls
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.costUSD = costUSD
        self.model = model
    }

    /// Both together.
    public static func + (left: Usage, right: Usage) -> Usage {
        func sum<Number: AdditiveArithmetic>(_ left: Number?, _ right: Number?) -> Number? {
            if let left, let right { left + right } else { nil }
        }
        return Usage(
            calls: left.calls + right.calls, inputTokens: sum(left.inputTokens, right.inputTokens),
            outputTokens: sum(left.outputTokens, right.outputTokens), costUSD: sum(left.costUSD, right.costUSD))
    }

    /// The form stored and printed.
    public var json: JSON {
        var object: JSONObject = [
            "calls": .int(Int64(calls)), "input_tokens": inputTokens.map { .int(Int64($0)) } ?? .null,
            "output_tokens": outputTokens.map { .int(Int64($0)) } ?? .null,
            "cost_usd": costUSD.map(JSON.double) ?? .null,
        ]
        if let model { object["model"] = .string(model) }
        return .object(object)
    }

    /// Reads what ``json`` wrote.
    public init(json: JSON) {
        self.init(
            calls: Int(json["calls"]?.intValue ?? 0), inputTokens: json["input_tokens"]?.intValue.map { Int($0) },
            outputTokens: json["output_tokens"]?.intValue.map { Int($0) }, costUSD: json["cost_usd"]?.doubleValue,
            model: json["model"]?.stringValue)
    }

    /// Tokens sent and generated, for people; a question mark stands for a count that is not known.
    public var tokensText: String {
        "\(inputTokens.map(String.init) ?? "?") → \(outputTokens.map(String.init) ?? "?") tokens"
    }
}
