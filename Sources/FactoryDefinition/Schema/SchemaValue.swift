import FactoryJSON

/// How JSON Schema sees values: numbers by value, whatever their form.
enum SchemaValue {
    enum Order { case less, equal, greater }

    static func equal(_ left: JSON, _ right: JSON) -> Bool {
        left == right || canonical(left) == canonical(right)
    }

    /// The value with every integral double as an integer.
    static func canonical(_ value: JSON) -> JSON {
        switch value {
        case .double(let number): Int64(exactly: number).map(JSON.int) ?? value
        case .array(let elements): .array(elements.map(canonical))
        case .object(let object): .object(JSONObject(object.map { ($0.key, canonical($0.value)) }))
        default: value
        }
    }

    /// How many values there are in `value`, itself included.
    static func count(of value: JSON) -> Int {
        switch value {
        case .array(let elements): elements.reduce(1) { $0 + count(of: $1) }
        case .object(let object): object.reduce(1) { $0 + count(of: $1.value) }
        default: 1
        }
    }

    static func has(_ value: JSON, type: String) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array), ("object", .object): true
        case ("number", .int), ("number", .double), ("integer", .int): true
        case ("integer", .double(let number)): number == number.rounded()
        default: false
        }
    }

    static func compare(_ left: JSON, _ right: JSON) -> Order? {
        if let a = left.intValue, let b = right.intValue { return a < b ? .less : a > b ? .greater : .equal }
        guard let a = left.doubleValue, let b = right.doubleValue else { return nil }
        return a < b ? .less : a > b ? .greater : .equal
    }

    /// Exact for integers; for others within what doubles can say of a decimal fraction.
    static func isMultiple(_ value: JSON, of divisor: JSON) -> Bool {
        if let a = value.intValue, let b = divisor.intValue { return b != 0 && a % b == 0 }
        guard let a = value.doubleValue, let b = divisor.doubleValue else { return true }
        let quotient = a / b
        guard quotient.isFinite else { return false }
        return abs(quotient - quotient.rounded()) <= 1e-9 * max(1, min(abs(quotient), 1e6))
    }

    static func kind(_ value: JSON) -> String {
        switch value {
        case .null: "null"
        case .bool: "a boolean"
        case .int: "an integer"
        case .double: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }

    static func withArticle(_ type: String) -> String {
        type == "null" ? type : "\("aio".contains(type.first ?? "x") ? "an" : "a") \(type)"
    }

    static func short(_ value: JSON) -> String {
        let text = value.serialized()
        return text.count > 60 ? "\(text.prefix(60))…" : text
    }

    static func list(_ values: [JSON]) -> String {
        values.prefix(12).map(short).joined(separator: ", ") + (values.count > 12 ? ", …" : "")
    }
}
