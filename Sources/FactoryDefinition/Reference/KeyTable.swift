import FactoryJSON

/// The document's own keys, as the schema describes them, in tables.
enum KeyTable {
    static func text(of keys: [FormatKey]) -> String {
        var lines = ["| key | kind | takes | default | meaning |", "| --- | --- | --- | --- | --- |"]
        for key in keys {
            let usual = key.schema["default"].map { "`\($0.stringValue ?? $0.serialized())`" } ?? ""
            let cells = ["`\(key.name)`", key.kind?.rawValue ?? "", takes(key), usual, key.summary]
            lines.append("| " + cells.map(\.asCell).joined(separator: " | ") + " |")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func takes(_ key: FormatKey) -> String {
        if key.kind == .expression { return key.schema["type"] == "object" ? "names with CEL" : "CEL" }
        if let words = key.schema["enum"]?.arrayValue?.compactMap(\.stringValue) {
            return FieldText.listed(words, "or")
        }
        if let only = key.schema["const"] { return "`\(only.serialized())`" }
        if let least = key.schema["x-minimum"]?.stringValue, let most = key.schema["x-maximum"]?.stringValue {
            return "a duration from \(least) to \(most)"
        }
        switch key.schema["type"]?.stringValue ?? key.schema["type"]?[0]?.stringValue {
        case "string": return "text"
        case "boolean": return "`true` or `false`"
        case "integer":
            guard let least = key.schema["minimum"]?.intValue, let most = key.schema["maximum"]?.intValue else {
                return "an integer"
            }
            return "an integer from \(least) to \(most)"
        case "array":
            guard let words = key.schema["items"]?["enum"]?.arrayValue?.compactMap(\.stringValue) else {
                return "a list"
            }
            return "a list of \(FieldText.listed(words, "or"))"
        default: return key.schema["anyOf"] == nil ? "an object" : "`fail`, `continue` or `{value: …}`"
        }
    }

    /// The time of an attempt by step type.
    static var timeouts: String {
        var lines = ["| step type | `timeout` | at most |", "| --- | --- | --- |"]
        for type in StepType.all where type.isInThisBuild {
            let most = (type.maximumTimeout ?? .longest).documentText
            lines.append("| [\(type.name)](\(type.name).md) | \(type.defaultTimeout.documentText) | \(most) |")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// What a step of `type` has that says nothing else.
    static func defaults(of type: StepType) -> String {
        let most = type.maximumTimeout.map { ", at most \($0.documentText)" } ?? ""
        let retry = RetryPolicy.standard
        return """
            **Where nothing is written:** `timeout` \(type.defaultTimeout.documentText)\(most), for each attempt; \
            `retry.max_attempts` \(retry.maxAttempts), so nothing is tried again; `on_error: fail`.
            [What every step has](README.md).

            """
    }
}
