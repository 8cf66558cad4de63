import FactoryDefinition
import FactoryJSON

/// A text form of values.
enum ValueFormat: String, CaseIterable {
    case json, jsonl, yaml, toml, csv, tsv, xml, lines
    case markdownTable = "markdown_table"

    /// Why a text is not in a format, or a value has no form in it.
    struct Failure: Error, Equatable {
        /// What is wrong and where, as a sentence without a full stop.
        var message: String
        /// What to do about it.
        var hint: String?
    }

    /// Longest text that is read or written: 16 MiB.
    static let maximumBytes = 16 * 1024 * 1024

    /// The value that `text` stands for. A byte order mark is passed over.
    func parse(_ text: String, csv: CSVOptions = CSVOptions()) throws(Failure) -> JSON {
        guard text.utf8.count <= Self.maximumBytes else { throw Failure(message: "the text is larger than 16 MiB") }
        let text =
            text.utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? String(decoding: text.utf8.dropFirst(3), as: UTF8.self) : text
        switch self {
        case .json:
            do {
                return try JSON(parsing: text)
            } catch {
                throw Failure(message: "no JSON at line \(error.line), column \(error.column): \(error.message)")
            }
        case .yaml:
            do {
                return try YAML.parse(text)
            } catch {
                throw Failure(
                    message: "no YAML at line \(error.line), column \(error.column): \(error.message)", hint: error.hint
                )
            }
        case .csv:
            do {
                return try CSVReader.value(of: text, options: csv)
            } catch {
                throw Failure(message: "no CSV at \(error.description)", hint: error.hint)
            }
        case .tsv:
            do {
                return try CSVReader.value(of: text, options: csv.tabbed)
            } catch {
                throw Failure(message: "no TSV at \(error.description)", hint: error.hint)
            }
        case .jsonl: return try JSONLines.value(of: text)
        case .toml:
            do {
                return try TOMLReader.value(of: text)
            } catch {
                throw Failure(message: "no TOML at \(error.description)", hint: error.hint)
            }
        case .xml:
            do {
                return try XMLReader.value(of: text)
            } catch {
                throw Failure(message: "no XML at \(error.description)", hint: error.hint)
            }
        case .markdownTable:
            throw Failure(message: "a markdown table is written, not read", hint: "give it as csv or json")
        case .lines: return .array(TextLines.split(text).map(JSON.string))
        }
    }

    /// The text of `value`.
    ///
    /// - Parameter pretty: for JSON, one member per line and a line break at the end, as in a file.
    func print(_ value: JSON, csv: CSVOptions = CSVOptions(), pretty: Bool = false) throws(Failure) -> String {
        let text: String
        switch self {
        case .json:
            do {
                let bytes = try value.serializedBytes(pretty: pretty, maxBytes: Self.maximumBytes)
                text = String(decoding: bytes, as: UTF8.self) + (pretty ? "\n" : "")
            } catch {
                throw Failure(message: error.message)
            }
        case .yaml: text = YAML.print(value)
        case .csv:
            do {
                text = try CSVWriter(options: csv).text(of: value)
            } catch {
                throw Failure(message: error.description, hint: error.hint)
            }
        case .tsv:
            do {
                text = try CSVWriter(options: csv.tabbed).text(of: value)
            } catch {
                throw Failure(
                    message: error.message.replacing("csv", with: "tsv"),
                    hint: error.hint?.replacing("csv", with: "tsv"))
            }
        case .jsonl: text = try JSONLines.text(of: value)
        case .toml:
            do {
                text = try TOMLWriter.text(of: value)
            } catch {
                throw Failure(message: error.description, hint: error.hint)
            }
        case .xml:
            do {
                text = try XMLWriter.text(of: value)
            } catch {
                throw Failure(message: error.description, hint: error.hint)
            }
        case .markdownTable: text = try MarkdownTable.text(of: value)
        case .lines: text = try Self.lines(of: value)
        }
        guard text.utf8.count <= Self.maximumBytes else { throw Failure(message: "the text is larger than 16 MiB") }
        return text
    }

    private static func lines(of value: JSON) throws(Failure) -> String {
        guard case .array(let elements) = value else {
            throw Failure(message: "\(value.kindName.withArticle) cannot be written as lines", hint: "give a list")
        }
        var text = ""
        for (place, element) in elements.enumerated() {
            let line = PlainText.of(element)
            guard !line.utf8.contains(UInt8(ascii: "\n")) else {
                throw Failure(
                    message: "element \(place) holds a line break, so it is more than one line",
                    hint: "use join where lines need not be told apart")
            }
            text += line + "\n"
        }
        return text
    }
}
