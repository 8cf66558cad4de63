public import FactoryJSON

/// Why a step, or a run, failed: a stable code for programs, a sentence for people and, where there is one, the next
/// thing to do.
public struct StepFailure: Error, Sendable, Hashable {
    /// What `retry.on` speaks of.
    public enum Class: String, Sendable, CaseIterable {
        /// The other side asked for fewer requests (429).
        case rateLimit = "rate_limit"
        case timeout
        case serverError = "server_error"
        case network
        case invalidOutput = "invalid_output"
        case other
    }

    /// Stable, lower-case with underscores; listed in `docs/problems/`.
    public var code: String
    /// Which retries apply.
    public var `class`: Class
    /// One sentence that says what happened. Never holds a secret or a path of the host.
    public var message: String
    /// What to do about it; nil where nothing useful can be said.
    public var hint: String?
    /// What the failed attempt produced all the same (the response of an `http_status`, the output of a red check).
    public var output: JSON?
    /// What model calls of the failed attempt used.
    public var usage: Usage?
    /// How the code of the failed attempt was isolated; nil where none ran.
    public var isolation: String?
    /// A wait the other side asked for before the next attempt (`Retry-After`).
    public var retryAfter: Duration?

    /// A failure of these values.
    public init(
        code: String, class: Class = .other, message: String, hint: String? = nil, output: JSON? = nil,
        usage: Usage? = nil, retryAfter: Duration? = nil
    ) {
        self.code = code
        self.class = `class`
        self.message = message
        self.hint = hint
        self.output = output
        self.usage = usage
        self.retryAfter = retryAfter
    }

    /// The code of a failure that a full disk brought about. The engine does not let it fail a step: the attempt is
    /// repeated when there is room.
    public static let diskFullCode = "disk_full"

    /// True where nothing but room on the disk was missing.
    public var isDiskFull: Bool { code == Self.diskFullCode }

    /// The form stored and printed: `code`, `class`, `message` and, when there is one, `hint`.
    public var json: JSON {
        var object: JSONObject = [
            "code": .string(code), "class": .string(`class`.rawValue), "message": .string(message),
        ]
        if let hint { object["hint"] = .string(hint) }
        return .object(object)
    }

    /// Reads what ``json`` wrote; nil for anything else.
    public init?(json: JSON) {
        guard let code = json["code"]?.stringValue, let message = json["message"]?.stringValue else { return nil }
        self.init(
            code: code, class: json["class"]?.stringValue.flatMap(Class.init) ?? .other, message: message,
            hint: json["hint"]?.stringValue)
    }
}
