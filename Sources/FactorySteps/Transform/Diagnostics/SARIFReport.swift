import FactoryJSON

/// SARIF 2.1.0, the report format of static analysis.
enum SARIFReport {
    /// A message for every result, at its first place.
    static func diagnostics(in text: String) throws(ValueFormat.Failure) -> [Diagnostic] {
        let report = try ValueFormat.json.parse(text)
        guard let runs = report["runs"]?.arrayValue else {
            throw ValueFormat.Failure(
                message: "there is no list \"runs\"", hint: "a SARIF report is an object with runs")
        }
        var found: [Diagnostic] = []
        for (place, run) in runs.enumerated() {
            for (number, result) in (run["results"]?.arrayValue ?? []).enumerated() {
                guard let message = Self.message(of: result, in: run) else {
                    throw ValueFormat.Failure(message: "runs[\(place)].results[\(number)] has no message")
                }
                let location = result["locations"]?[0]?["physicalLocation"]
                let region = location?["region"]
                let rule = result["ruleId"]?.stringValue
                found.append(
                    Diagnostic(
                        file: location?["artifactLocation"]?["uri"]?.stringValue,
                        line: region?["startLine"]?.intValue.map { Int($0) },
                        column: region?["startColumn"]?.intValue.map { Int($0) }, severity: severity(of: result),
                        message: rule.map { "\($0): \(message)" } ?? message))
            }
        }
        return found
    }

    /// Its own text, or that of its rule by `id`.
    private static func message(of result: JSON, in run: JSON) -> String? {
        if let text = result["message"]?["text"]?.stringValue { return text }
        guard let id = result["message"]?["id"]?.stringValue else { return nil }
        let rule = run["tool"]?["driver"]?["rules"]?.arrayValue?.first { $0["id"] == result["ruleId"] }
        return rule?["messageStrings"]?[id]?["text"]?.stringValue
    }

    /// A result without a level is a warning, as the format has it.
    private static func severity(of result: JSON) -> Diagnostic.Severity {
        switch result["level"]?.stringValue {
        case "error": .error
        case "note", "none": .note
        default: .warning
        }
    }
}
