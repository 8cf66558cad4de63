import FactoryJSON

/// `convert`: from one format to another, by way of the value.
struct ConvertOp {
    private let source: ValueFormat?
    private let target: ValueFormat?
    private let csv: CSVOptions

    /// A format that is nil is the value itself.
    init(_ argument: JSON) throws(OpFailure) {
        source = try Self.format(argument, "from")
        target = try Self.format(argument, "to")
        var csv = CSVOptions()
        if let delimiter = argument["delimiter"], !delimiter.isNull {
            let bytes = Array((delimiter.stringValue ?? "").utf8)
            guard bytes.count == 1, bytes[0] != UInt8(ascii: "\""), bytes[0] >= 0x20 || bytes[0] == 0x09 else {
                throw .field(
                    "delimiter", "is not one character of ASCII, other than a quote or a line break",
                    hint: "usual are \",\", \";\", \"|\" and \"\\t\"")
            }
            csv.delimiter = bytes[0]
            guard source == .csv || target == .csv else { throw .field("delimiter", "belongs to csv alone") }
        }
        csv.header = argument["header"]?.boolValue ?? true
        csv.guardFormulas = argument["guard_formulas"]?.boolValue ?? false
        self.csv = csv
    }

    func apply(to value: JSON) throws(OpFailure) -> JSON {
        var value = value
        do throws(ValueFormat.Failure) {
            if let source {
                guard case .string(let text) = value else {
                    throw ValueFormat.Failure(
                        message: "\(source.rawValue) is text, and the value is \(value.kindName.withArticle)",
                        hint: "leave `from` out where the value is structured already")
                }
                value = try source.parse(text, csv: csv)
            }
            return try target.map { target throws(ValueFormat.Failure) in .string(try target.print(value, csv: csv)) }
                ?? value
        } catch {
            throw .format(error)
        }
    }

    private static func format(_ argument: JSON, _ field: String) throws(OpFailure) -> ValueFormat? {
        guard let name = argument[field]?.stringValue, name != "value" else { return nil }
        guard let format = ValueFormat(rawValue: name) else { throw .field(field, "names no format: \"\(name)\"") }
        return format
    }
}
