public import FactoryJSON

/// Why a request was not done, in the form of RFC 9457.
///
/// ``detail`` and ``errors`` are shown as they are: they never hold a secret, a path of the host or SQL.
public struct APIProblem: Error, Sendable {
    /// One thing wrong with what was sent.
    public struct Entry: Sendable, Hashable {
        /// Where: `steps[2].with.prompt`, `inputs.city`, or the name of a parameter.
        public var path: String
        /// Stable code.
        public var code: String
        /// What is wrong, in one sentence.
        public var message: String
        /// What to do about it.
        public var hint: String?
        /// `error` or `warning`.
        public var severity: String
        /// Line, from 1; nil where there is no text.
        public var line: Int?
        /// Column in Unicode scalars, from 1; nil where there is no text.
        public var column: Int?

        /// An entry of these values.
        public init(
            path: String, code: String, message: String, hint: String? = nil, severity: String = "error",
            line: Int? = nil, column: Int? = nil
        ) {
            self.path = path
            self.code = code
            self.message = message
            self.hint = hint
            self.severity = severity
            self.line = line
            self.column = column
        }

        /// The form sent.
        public var json: JSON {
            var object: JSONObject = [
                "path": .string(path), "code": .string(code), "severity": .string(severity),
                "message": .string(message),
            ]
            if let hint { object["hint"] = .string(hint) }
            if let line { object["line"] = .int(Int64(line)) }
            if let column { object["column"] = .int(Int64(column)) }
            return .object(object)
        }
    }

    /// What kind of problem.
    public var code: APIProblemCode
    /// What happened this time, in one sentence.
    public var detail: String
    /// What to do about it.
    public var hint: String?
    /// Everything wrong at once.
    public var errors: [Entry]
    /// Further members, by name.
    public var members: JSONObject
    /// Headers that go with the answer.
    public var headers: [(name: String, value: String)]

    /// A problem of these values.
    public init(
        _ code: APIProblemCode, _ detail: String, hint: String? = nil, errors: [Entry] = [],
        members: JSONObject = [:], headers: [(name: String, value: String)] = []
    ) {
        self.code = code
        self.detail = detail
        self.hint = hint
        self.errors = errors
        self.members = members
        self.headers = headers
    }

    /// The body: `type`, `title`, `status`, `code`, `detail`, `instance`, `request_id` and what belongs to this one.
    public func json(instance: String, requestID: String) -> JSON {
        var object: JSONObject = [
            "type": .string("/problems/\(code.rawValue)"), "title": .string(code.title),
            "status": .int(Int64(code.status)), "code": .string(code.rawValue), "detail": .string(detail),
            "instance": .string(instance), "request_id": .string(requestID),
        ]
        if let hint { object["hint"] = .string(hint) }
        if !errors.isEmpty { object["errors"] = .array(errors.map(\.json)) }
        for (name, value) in members { object[name] = value }
        return .object(object)
    }
}
