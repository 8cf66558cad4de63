import FactoryJSON

/// One message of a compiler, a linter or a test runner.
struct Diagnostic: Equatable {
    enum Severity: String { case error, warning, note }

    var file: String?
    var line: Int?
    var column: Int?
    var severity = Severity.error
    var message: String

    /// `{file, line, column, severity, message}`; what is not known is null.
    var json: JSON {
        [
            "file": file.map(JSON.string) ?? .null, "line": line.map { .int(Int64($0)) } ?? .null,
            "column": column.map { .int(Int64($0)) } ?? .null, "severity": .string(severity.rawValue),
            "message": .string(message),
        ]
    }
}
