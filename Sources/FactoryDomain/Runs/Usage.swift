public import FactoryJSON

/// What model calls used. Counts add up; a cost is known only when every call's cost is.
public struct Usage: Sendable, Hashable {
    /// Model calls made.
    public var calls: Int
    /// Tokens sent, cached ones included.
    public var inputTokens: Int
    /// Tokens generated.
    public var outputTokens: Int
    /// US dollars; nil as soon as one call had no known price. Never zero in place of unknown.
    public var costUSD: Double?

    /// A usage of these counts.
    public init(calls: Int = 0, inputTokens: Int = 0, outputTokens: Int = 0, costUSD: Double? = nil) {
        self.calls = calls
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.costUSD = costUSD
    }

    /// Both together.
    public static func + (left: Usage, right: Usage) -> Usage {
        if left.calls == 0 { return right }
        if right.calls == 0 { return left }
        let cost: Double? = if let a = left.costUSD, let b = right.costUSD { a + b } else { nil }
        return Usage(
            calls: left.calls + right.calls, inputTokens: left.inputTokens + right.inputTokens,
            outputTokens: left.outputTokens + right.outputTokens, costUSD: cost)
    }

    /// The form stored and printed.
    public var json: JSON {
        [
            "calls": .int(Int64(calls)), "input_tokens": .int(Int64(inputTokens)),
            "output_tokens": .int(Int64(outputTokens)), "cost_usd": costUSD.map(JSON.double) ?? .null,
        ]
    }

    /// Reads what ``json`` wrote; absent counts are zero.
    public init(json: JSON) {
        self.init(
            calls: Int(json["calls"]?.intValue ?? 0), inputTokens: Int(json["input_tokens"]?.intValue ?? 0),
            outputTokens: Int(json["output_tokens"]?.intValue ?? 0), costUSD: json["cost_usd"]?.doubleValue)
    }
}
