/// What pytest prints about tests that fail.
enum PytestOutput {
    /// A message for each `FAILED` and `ERROR` line of the summary, with the place from the report above it; without a
    /// summary, one for each place where a test ended.
    static func diagnostics(in text: String) -> [Diagnostic] {
        let lines = TextLines.split(text)
        let places = lines.compactMap(place)
        let summary = lines.compactMap(outcome)
        guard !summary.isEmpty else { return places.map(\.diagnostic) }
        let reports = titled(lines)
        // A bounded look keeps a text of nothing but places and failures from taking quadratic time.
        let known = Dictionary(grouping: places, by: \.file).mapValues { $0.prefix(1_000) }
        return summary.map { outcome in
            var diagnostic = Diagnostic(file: outcome.file, message: outcome.message)
            let reported =
                reports[outcome.test] ?? known[outcome.file]?.first { outcome.message.contains($0.error) }
            if let reported {
                diagnostic.line = reported.line
                diagnostic.file = reported.file
            }
            return diagnostic
        }
    }

    private struct Place {
        var file: String
        var line: Int
        var error: String

        var diagnostic: Diagnostic { Diagnostic(file: file, line: line, message: error) }
    }

    /// `tests/test_a.py:12: AssertionError`
    private static func place(_ line: String) -> Place? {
        let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let number = Int(parts[1]), parts[0].hasSuffix(".py") else { return nil }
        let error = parts[2].trimmedSpace
        guard let first = error.first, first.isUppercase, !error.contains(" ") else { return nil }
        return Place(file: String(parts[0]), line: number, error: error)
    }

    /// The last place below each headline `____ test_name ____`.
    private static func titled(_ lines: [String]) -> [String: Place] {
        var found: [String: Place] = [:]
        var title: String?
        for line in lines {
            if line.hasPrefix("___"), line.hasSuffix("___") {
                title = line.split { $0 == "_" || $0 == " " }.isEmpty ? nil : name(of: line)
            } else if line.hasPrefix("===") {
                title = nil
            } else if let title, let place = place(line) {
                found[title] = place
            }
        }
        return found
    }

    private static func name(of headline: String) -> String {
        let words = headline.split(separator: " ").dropFirst().dropLast()
        return words.joined(separator: " ")
    }

    /// `FAILED tests/test_a.py::TestA::test_b[1] - AssertionError: …`
    private static func outcome(_ line: String) -> (file: String, test: String, message: String)? {
        guard line.hasPrefix("FAILED ") || line.hasPrefix("ERROR ") else { return nil }
        let rest = line.drop { $0 != " " }.trimmedSpace
        let halves = rest.split(separator: " - ", maxSplits: 1)
        guard let id = halves.first, id.contains(".py") else { return nil }
        let names = id.split(separator: "::", maxSplits: 1)
        let test: String = names.count > 1 ? String(names[1]).replacing("::", with: ".") : ""
        let message = halves.count > 1 ? halves[1].trimmedSpace : "the test failed"
        return (String(names[0]), test, test.isEmpty ? message : "\(test): \(message)")
    }
}
