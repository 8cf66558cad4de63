import FactoryJSON

/// `diagnostics`: the messages in the output of a tool.
struct DiagnosticsOp {
    private enum Format: String { case auto, compiler, pytest, junit, sarif }

    private let format: Format
    private let limit: Int

    init(_ argument: JSON) throws(OpFailure) {
        guard let format = (argument["format"] ?? "auto").stringValue.flatMap(Format.init) else {
            throw .field("format", "is none of auto, compiler, pytest, junit, sarif")
        }
        guard let limit = (argument["limit"] ?? 100).intValue, limit > 0 else {
            throw .field("limit", "is no integer of at least 1")
        }
        self.format = format
        self.limit = Int(limit)
    }

    /// The first messages, in the order of the text.
    func apply(to value: JSON) throws(OpFailure) -> JSON {
        guard case .string(let text) = value else { throw .kind(value.kindName, wanted: "text") }
        guard text.utf8.count <= ValueFormat.maximumBytes else { throw .input("the text is larger than 16 MiB") }
        let found: [Diagnostic]
        do throws(ValueFormat.Failure) {
            switch format == .auto ? Self.detect(text) : format {
            case .sarif: found = try SARIFReport.diagnostics(in: text)
            case .junit: found = try JUnitReport.diagnostics(in: text)
            case .pytest: found = PytestOutput.diagnostics(in: text)
            case .compiler, .auto: found = CompilerOutput.diagnostics(in: text)
            }
        } catch {
            throw .format(error)
        }
        return .array(found.prefix(limit).map(\.json))
    }

    /// By what a text begins with, and for pytest by its headlines.
    private static func detect(_ text: String) -> Format {
        let start = text.utf8.first { $0 > 0x20 && $0 < 0x80 }
        if start == UInt8(ascii: "{"), text.contains("\"runs\"") { return .sarif }
        if start == UInt8(ascii: "<"), text.contains("<testsuite") { return .junit }
        let isPytest = TextLines.split(text).contains { line in
            line.hasPrefix("===")
                && (line.contains(" test session starts ") || line.contains(" short test summary info "))
                || line.hasPrefix("===") && line.contains(" FAILURES ")
        }
        return isPytest ? .pytest : .compiler
    }
}
