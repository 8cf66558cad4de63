import FactoryJSON

/// Cases that say what expressions evaluate to, one JSON object per line.
///
/// A line has `suite`, `section`, `name` and `expr`, where needed `bindings` (name to value), and either `value` or
/// `error`. A value is an object with one member that names its type: `{"int": "42"}`, `{"list": […]}`,
/// `{"map": [[key, value], …]}`, `{"duration": [seconds, nanoseconds]}`, `{"type": "int"}` and so on; integers and
/// doubles are strings, bytes base64.
public struct ConformanceSuite: Sendable {
    /// One expression and what it should evaluate to.
    public struct Case: Sendable {
        /// The file of the suite it comes from.
        public let suite: String
        /// The part of that file.
        public let section: String
        /// Its name in that part.
        public let name: String
        /// The expression.
        public let expression: String
        let bindings: [(name: String, value: Value)]
        /// Nil where an error is expected.
        let value: Value?
    }

    /// The cases in the order of the file.
    public let cases: [Case]

    /// Reads a suite; empty lines are skipped.
    ///
    /// - Throws: ``ConformanceError`` for the first line that has not this form.
    public init(parsing lines: [UInt8]) throws(ConformanceError) {
        var cases: [Case] = []
        for (place, line) in lines.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            guard !line.allSatisfy(\.isBlank) else { continue }
            do throws(JSONError) {
                cases.append(try Case(try JSON(parsing: Array(line))))
            } catch {
                throw ConformanceError(message: error.message, line: place + 1)
            }
        }
        self.cases = cases
    }
}

/// Why a file is no suite of cases.
public struct ConformanceError: Error, Sendable, Hashable {
    /// What is wrong, as a sentence without a full stop.
    public var message: String
    /// The line it is in, from 1.
    public var line: Int

    /// An error in a line.
    public init(message: String, line: Int) {
        self.message = message
        self.line = line
    }
}

extension ConformanceSuite.Case {
    fileprivate init(_ json: JSON) throws(JSONError) {
        guard let suite = json["suite"]?.stringValue, let section = json["section"]?.stringValue,
            let name = json["name"]?.stringValue, let expression = json["expr"]?.stringValue
        else { throw .malformed("suite, section, name and expr must be strings") }
        (self.suite, self.section, self.name, self.expression) = (suite, section, name, expression)
        var bindings: [(name: String, value: Value)] = []
        for (name, value) in json["bindings"]?.objectValue ?? [:] {
            bindings.append((name, try TypedValue.read(value)))
        }
        self.bindings = bindings
        value = try json["value"].map { json throws(JSONError) in try TypedValue.read(json) }
        guard value != nil || json["error"] != nil else {
            throw .malformed("a case needs a value or an error")
        }
    }
}

extension JSONError {
    static func malformed(_ message: String) -> JSONError {
        JSONError(message: message, offset: 0, line: 1, column: 1)
    }
}
