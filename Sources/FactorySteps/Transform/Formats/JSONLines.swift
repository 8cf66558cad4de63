import FactoryJSON

/// One JSON value a line.
enum JSONLines {
    /// The values of the lines of `text`, as a list; empty lines are passed over.
    static func value(of text: String) throws(ValueFormat.Failure) -> JSON {
        var values: [JSON] = []
        for (place, line) in TextLines.split(text).enumerated()
        where !line.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
            do {
                values.append(try JSON(parsing: line))
            } catch {
                throw ValueFormat.Failure(
                    message: "no JSON at line \(place + 1), column \(error.column): \(error.message)",
                    hint: "in jsonl every line is a value of its own; read one value over several lines as json")
            }
        }
        return .array(values)
    }

    /// The elements of a list, each on a line.
    static func text(of value: JSON) throws(ValueFormat.Failure) -> String {
        guard case .array(let elements) = value else {
            throw ValueFormat.Failure(
                message: "\(value.kindName.withArticle) cannot be written as jsonl", hint: "give a list")
        }
        var bytes: [UInt8] = []
        for (place, element) in elements.enumerated() {
            do {
                bytes += try element.serializedBytes(maxBytes: ValueFormat.maximumBytes - bytes.count)
            } catch {
                throw ValueFormat.Failure(message: "element \(place): \(error.message)")
            }
            bytes.append(0x0A)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
