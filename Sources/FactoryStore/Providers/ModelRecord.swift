public import FactoryDomain
public import FactoryJSON

/// A model of a provider, as it was last listed there, with what people know of it better.
public struct ModelRecord: Identified, Sendable, Hashable {
    /// What the id of a model begins with.
    public static let idPrefix = "mdl_"

    /// Its identity.
    public var id: ID<ModelRecord>
    /// The id of its provider, or `configured:` and the name of one of the configuration.
    public var provider: String
    /// Its name there.
    public var name: String
    /// What the provider says of it.
    public var offered: ModelFacts
    /// What people wrote in place of that.
    public var edited: ModelFacts
    /// When the provider last listed it.
    public var seenAt: Timestamp

    /// What is known: what people wrote, and otherwise what the provider says.
    public var facts: ModelFacts { edited.completed(by: offered) }

    /// A model of these values.
    public init(
        id: ID<ModelRecord>, provider: String, name: String, offered: ModelFacts, edited: ModelFacts = ModelFacts(),
        seenAt: Timestamp
    ) {
        self.id = id
        self.provider = provider
        self.name = name
        self.offered = offered
        self.edited = edited
        self.seenAt = seenAt
    }
}

/// What can be known of a model. What is not known is nil; nothing is guessed.
public struct ModelFacts: Sendable, Hashable {
    /// What a model costs, as somebody read it on a certain day.
    public struct Price: Sendable, Hashable {
        /// US dollars for a million tokens of input.
        public var input: Double
        /// The same for input from the provider's cache; nil where it costs as other input.
        public var cachedInput: Double?
        /// The same for output.
        public var output: Double
        /// The day for which it is known, `2026-11-22`.
        public var asOf: String

        /// A price of these values.
        public init(input: Double, cachedInput: Double? = nil, output: Double, asOf: String) {
            self.input = input
            self.cachedInput = cachedInput
            self.output = output
            self.asOf = asOf
        }
    }

    /// Tokens that input and answer may have together.
    public var context: Int?
    /// Tokens an answer may have.
    public var outputLimit: Int?
    /// What it can do, sorted.
    public var capabilities: [String]?
    /// What it costs.
    public var price: Price?

    /// Facts, each unknown by itself.
    public init(context: Int? = nil, outputLimit: Int? = nil, capabilities: [String]? = nil, price: Price? = nil) {
        self.context = context
        self.outputLimit = outputLimit
        self.capabilities = capabilities
        self.price = price
    }

    /// These facts, and those of `other` where these are unknown.
    public func completed(by other: ModelFacts) -> ModelFacts {
        ModelFacts(
            context: context ?? other.context, outputLimit: outputLimit ?? other.outputLimit,
            capabilities: capabilities ?? other.capabilities, price: price ?? other.price)
    }

    /// The form stored and printed; what is unknown is null.
    public var json: JSON {
        [
            "context": context.map { .int(Int64($0)) } ?? .null,
            "output_limit": outputLimit.map { .int(Int64($0)) } ?? .null,
            "capabilities": capabilities.map { .array($0.map(JSON.string)) } ?? .null,
            "price": price?.json ?? .null,
        ]
    }

    /// Reads what ``json`` wrote.
    public init(json: JSON) {
        self.init(
            context: json["context"]?.intValue.map { Int($0) },
            outputLimit: json["output_limit"]?.intValue.map { Int($0) },
            capabilities: json["capabilities"]?.arrayValue?.compactMap(\.stringValue),
            price: json["price"].flatMap(Price.init))
    }
}

extension ModelFacts.Price {
    /// The form stored and printed.
    public var json: JSON {
        [
            "input": .double(input), "cached_input": cachedInput.map(JSON.double) ?? .null, "output": .double(output),
            "as_of": .string(asOf),
        ]
    }

    /// Reads what ``json`` wrote; nil for anything else.
    init?(_ json: JSON) {
        guard let input = json["input"]?.doubleValue, let output = json["output"]?.doubleValue,
            let asOf = json["as_of"]?.stringValue
        else { return nil }
        self.init(input: input, cachedInput: json["cached_input"]?.doubleValue, output: output, asOf: asOf)
    }
}
