import FactoryJSON

/// JUnit's XML report, as most test runners write it.
enum JUnitReport {
    /// An error for every failure and error of a test case; skipped tests are passed over.
    static func diagnostics(in text: String) throws(ValueFormat.Failure) -> [Diagnostic] {
        let document = try ValueFormat.xml.parse(text)
        guard let root = document.objectValue?.first, root.key == "testsuites" || root.key == "testsuite" else {
            throw ValueFormat.Failure(
                message: "the root element is \"\(document.objectValue?.keys.first ?? "")\"",
                hint: "a JUnit report begins with <testsuites> or <testsuite>")
        }
        var found: [Diagnostic] = []
        collect(root.value, into: &found)
        return found
    }

    private static func collect(_ suite: JSON, into found: inout [Diagnostic]) {
        for test in list(suite["testcase"]) {
            for problem in list(test["failure"]) + list(test["error"]) {
                found.append(diagnostic(problem, of: test, in: suite))
            }
        }
        for inner in list(suite["testsuite"]) { collect(inner, into: &found) }
    }

    private static func diagnostic(_ problem: JSON, of test: JSON, in suite: JSON) -> Diagnostic {
        let detail = problem.stringValue ?? problem["#text"]?.stringValue ?? ""
        let lines = TextLines.split(detail).map(\.trimmedSpace)
        let firstLine = lines.first { !$0.isEmpty }
        let message = problem["@message"]?.stringValue ?? firstLine ?? "the test failed"
        let name = [test["@classname"]?.stringValue, test["@name"]?.stringValue].compactMap(\.self).filter {
            !$0.isEmpty
        }
        // Runners that do not name the place have it in the text of the failure.
        let place = CompilerOutput.diagnostics(in: lines.joined(separator: "\n")).first { $0.line != nil }
        let file = test["@file"]?.stringValue ?? suite["@file"]?.stringValue
        let line = test["@line"]?.stringValue.flatMap { Int($0) }
        return Diagnostic(
            file: file ?? place?.file, line: line ?? (file == nil || file == place?.file ? place?.line : nil),
            message: name.isEmpty ? message : "\(name.joined(separator: ".")): \(message)")
    }

    private static func list(_ value: JSON?) -> [JSON] {
        guard let value else { return [] }
        return value.arrayValue ?? [value]
    }
}
