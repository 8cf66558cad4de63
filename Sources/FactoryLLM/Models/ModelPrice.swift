/// What a model costs, in US dollars for a million tokens.
public struct ModelPrice: Sendable, Hashable {
    /// Of input.
    public var input: Double
    /// Of input that came from the provider's cache; nil where it costs as other input.
    public var cachedInput: Double?
    /// Of output.
    public var output: Double

    /// A price in US dollars for a million tokens.
    public init(input: Double, cachedInput: Double? = nil, output: Double) {
        self.input = input
        self.cachedInput = cachedInput
        self.output = output
    }

    /// US dollars for one call; nil when its counts are not known.
    public func cost(of usage: TokenUsage?) -> Double? {
        guard let usage else { return nil }
        let cached = min(usage.cached ?? 0, usage.input)
        let dollars =
            Double(usage.input - cached) * input + Double(cached) * (cachedInput ?? input)
            + Double(usage.output) * output
        return dollars / 1_000_000
    }
}
