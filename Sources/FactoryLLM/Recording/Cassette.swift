import FactoryJSON

/// Recorded model calls: what was asked, and what was answered. A file of JSON that people can read and compare.
public struct Cassette: Sendable, Hashable {
    /// A model that was asked, as it stood when the calls were recorded.
    public struct Model: Sendable, Hashable {
        /// The provider that answered.
        public var provider: String
        /// The model's name there.
        public var name: String
        /// What the provider took: requests are made as they were then.
        public var features: ProviderFeatures

        /// A model of these values.
        public init(provider: String, name: String, features: ProviderFeatures) {
            self.provider = provider
            self.name = name
            self.features = features
        }
    }

    /// Largest file that is read: 16 MiB.
    public static let maxBytes = 16 << 20

    /// The models that were asked, by the name under which a document asks for them (`default`, `openai/gpt-x`).
    public var models: [String: Model]
    /// The calls, in the order in which they ended.
    public var calls: [RecordedCall]

    /// A cassette of these calls.
    public init(models: [String: Model] = [:], calls: [RecordedCall] = []) {
        self.models = models
        self.calls = calls
    }
}

/// A file that is no cassette, or one that was changed by hand.
public struct CassetteError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, with its place.
    public let description: String

    init(_ description: String) { self.description = description }
}

// MARK: - The file

extension Cassette {
    /// Reads what ``serialized()`` wrote.
    ///
    /// - Throws: for anything else; also where a request does not fit its key, as after a change by hand: an answer is
    ///   only ever given to the question it was the answer to.
    public init(parsing bytes: [UInt8]) throws(CassetteError) {
        let json: JSON
        do throws(JSONError) {
            json = try JSON(parsing: bytes, limits: JSONLimits(depth: 64, bytes: Self.maxBytes, keys: 500_000))
        } catch { throw CassetteError("it is not JSON: \(error)") }
        guard json["cassette"]?.intValue == 1 else { throw CassetteError("it is no recording of model calls") }
        self.init()
        for (name, value) in json["models"]?.objectValue ?? [:] {
            guard let provider = value["provider"]?.stringValue, let model = value["model"]?.stringValue else {
                throw CassetteError("models.\(name) names no provider and model")
            }
            models[name] = Model(provider: provider, name: model, features: ProviderFeatures(json: value["takes"]))
        }
        for (place, value) in (json["calls"]?.arrayValue ?? []).enumerated() {
            guard let call = RecordedCall(json: value) else { throw CassetteError("calls[\(place)] is not complete") }
            guard value["key"]?.stringValue == call.key else {
                throw CassetteError("the request of calls[\(place)] is not the one that was recorded")
            }
            guard models[call.question.model] != nil else {
                throw CassetteError("models does not have the \(call.question.model) of calls[\(place)]")
            }
            calls.append(call)
        }
    }

    /// The file's text, the same for the same calls.
    public func serialized() -> String {
        let models = JSONObject(
            models.sorted { $0.key < $1.key }.map { name, model in
                (
                    name,
                    [
                        "provider": .string(model.provider), "model": .string(model.name),
                        "takes": model.features.json,
                    ]
                )
            })
        let value: JSON = ["cassette": 1, "models": .object(models), "calls": .array(calls.map(\.json))]
        return value.serialized(pretty: true) + "\n"
    }
}

extension ProviderFeatures {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "schema": .bool(takesSchema), "seed": .bool(takesSeed), "reasoning": .bool(takesReasoning),
            "max_temperature": .double(maxTemperature), "max_stops": .int(Int64(maxStops)),
        ]
        if let neededTokenLimit { object["needed_token_limit"] = .int(Int64(neededTokenLimit)) }
        return .object(object)
    }

    fileprivate init(json: JSON?) {
        let all = ProviderFeatures()
        self.init(
            takesSchema: json?["schema"]?.boolValue ?? all.takesSchema,
            takesSeed: json?["seed"]?.boolValue ?? all.takesSeed,
            takesReasoning: json?["reasoning"]?.boolValue ?? all.takesReasoning,
            maxTemperature: json?["max_temperature"]?.doubleValue ?? all.maxTemperature,
            maxStops: json?["max_stops"]?.intValue.map { Int($0) } ?? all.maxStops,
            neededTokenLimit: json?["needed_token_limit"]?.intValue.map { Int($0) })
    }
}
