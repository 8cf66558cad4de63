import FactoryAPI
import FactoryJSON
import FactoryLLM
import FactoryStore

extension ModelFacts {
    /// These facts with the members of `patch` in place of theirs; null makes one unknown.
    func patched(with patch: JSONObject) throws(APIProblem) -> ModelFacts {
        var facts = self
        if let value = patch["context"] { facts.context = try Self.tokens(value, "context") }
        if let value = patch["output_limit"] { facts.outputLimit = try Self.tokens(value, "output_limit") }
        if let value = patch["capabilities"] { facts.capabilities = try Self.capabilities(value) }
        if let value = patch["price"] { facts.price = try Self.price(value) }
        return facts
    }

    private static func tokens(_ value: JSON, _ field: String) throws(APIProblem) -> Int? {
        if value.isNull { return nil }
        guard let count = value.intValue, (1...1_000_000_000).contains(count) else {
            throw .unusable(field, "must be a number of tokens, or null where it is not known")
        }
        return Int(count)
    }

    private static func capabilities(_ value: JSON) throws(APIProblem) -> [String]? {
        if value.isNull { return nil }
        let known = OfferedModel.Capability.allCases.map(\.rawValue)
        let names = value.arrayValue?.compactMap(\.stringValue) ?? []
        guard names.count == value.arrayValue?.count, names.allSatisfy(known.contains) else {
            throw .unusable("capabilities", "must be a list of \(known.joined(separator: ", ")), or null")
        }
        return Set(names).sorted()
    }

    private static func price(_ value: JSON) throws(APIProblem) -> Price? {
        guard case .object(let members) = value else {
            if value.isNull { return nil }
            throw .unusable("price", "must be an object, or null where it is not known")
        }
        for name in members.keys where !["input", "cached_input", "output", "as_of"].contains(name) {
            throw .unusable("price.\(name.prefix(40))", "is not known; known: input, cached_input, output, as_of")
        }
        func dollars(_ name: String) throws(APIProblem) -> Double {
            guard let number = members[name]?.doubleValue, (0...1_000_000).contains(number) else {
                throw .unusable("price.\(name)", "must be US dollars for a million tokens")
            }
            return number
        }
        let cached = members["cached_input"] ?? .null
        guard let day = members["as_of"]?.stringValue, isDay(day) else {
            throw .unusable("price.as_of", "must be the day for which the price is known, as in 2026-11-22")
        }
        return Price(
            input: try dollars("input"), cachedInput: cached.isNull ? nil : try dollars("cached_input"),
            output: try dollars("output"), asOf: day)
    }

    private static func isDay(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], let month = Int(parts[1]), let day = Int(parts[2]) else {
            return false
        }
        return Int(parts[0]) != nil && (1...12).contains(month) && (1...31).contains(day)
    }
}
