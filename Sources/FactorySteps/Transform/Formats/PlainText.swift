import FactoryJSON

/// A value inside text, by the rule of templates: strings as they are, null as nothing, everything else as JSON.
enum PlainText {
    static func of(_ value: JSON) -> String {
        switch value {
        case .string(let text): text
        case .null: ""
        case .bool, .int, .double, .array, .object: value.serialized()
        }
    }
}
