public import FactoryJSON

/// What models cost. A model that is not listed has no known price, which is not the same as none.
public struct PriceTable: Sendable, Hashable {
    /// US dollars for a million tokens.
    public struct Price: Sendable, Hashable {
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
    }

    private let prices: [String: Price]

    /// Prices by `provider/model`, or by the model's name alone for any provider.
    public init(_ prices: [String: Price] = [:]) { self.prices = prices }

    /// Reads `{"provider/model": {"input": 0.15, "cached_input": 0.075, "output": 0.6}}`; members of another form, and
    /// negative prices, are left out, so that their price stays unknown.
    public init(json: JSON) {
        var prices: [String: Price] = [:]
        for (name, entry) in json.objectValue ?? [:] {
            guard let input = entry["input"]?.doubleValue, let output = entry["output"]?.doubleValue, input >= 0,
                output >= 0
            else { continue }
            prices[name] = Price(input: input, cachedInput: entry["cached_input"]?.doubleValue, output: output)
        }
        self.init(prices)
    }

    /// The price of `model` at `provider`; nil when it is not known.
    public func price(of model: String, at provider: String) -> Price? {
        prices["\(provider)/\(model)"] ?? prices[model]
    }

    /// US dollars for one call; nil when the price or the counts are not known.
    public func cost(of usage: TokenUsage?, model: String, at provider: String) -> Double? {
        guard let usage, let price = price(of: model, at: provider) else { return nil }
        let cached = min(usage.cached ?? 0, usage.input)
        let dollars =
            Double(usage.input - cached) * price.input + Double(cached) * (price.cachedInput ?? price.input)
            + Double(usage.output) * price.output
        return dollars / 1_000_000
    }
}
