/// Something wrong, or doubtful, in a document or in the inputs given to it.
public struct Problem: Error, Sendable, Hashable {
    /// Whether the document can be used all the same.
    public enum Severity: String, Sendable {
        /// It cannot.
        case error
        /// It can.
        case warning
    }

    /// Whether the document can be used all the same.
    public var severity: Severity
    /// Stable, lower-case with underscores: a raw value of ``ProblemCode``.
    public var code: String
    /// What is wrong, in one sentence.
    public var message: String
    /// What to do about it.
    public var hint: String?
    /// Where in the document's values, for example `steps[2].with.prompt`; empty for the document itself.
    public var path: String
    /// The line, from 1; nil where there is no text, as for inputs.
    public var line: Int?
    /// The column in Unicode scalars, from 1.
    public var column: Int?

    /// A problem; `line` and `column` are left out where there is no text.
    public init(
        _ code: ProblemCode, severity: Severity = .error, message: String, hint: String? = nil, path: String = "",
        line: Int? = nil, column: Int? = nil
    ) {
        self.severity = severity
        self.code = code.rawValue
        self.message = message
        self.hint = hint
        self.path = path
        self.line = line
        self.column = column
    }

    /// One line for people and editors: `FILE:LINE:COL: error: MESSAGE (code) — HINT`.
    public func line(inFile file: String) -> String {
        let place = [line, column].compactMap { $0.map(String.init) }
        let start = ([file] + place).joined(separator: ":")
        return "\(start): \(severity.rawValue): \(message) (\(code))\(hint.map { " — \($0)" } ?? "")"
    }
}
