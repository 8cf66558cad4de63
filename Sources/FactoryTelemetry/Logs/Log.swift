public import FactoryDomain
public import FactoryJSON
public import FactorySecrets

/// The program's log: one line for each thing worth knowing, on standard error.
///
/// What is written is redacted, and no text can begin a line of its own or move a terminal's cursor.
public struct Log: Sendable {
    /// From which level on lines are written.
    public let levels: LogLevels

    private let format: LogFormat
    private let redactor: Redactor
    private let now: @Sendable () -> Timestamp
    private let write: @Sendable ([UInt8]) -> Void

    /// - Parameters:
    ///   - redactor: finds the secrets of the program, such as keys of providers.
    ///   - now: the wall clock.
    ///   - write: takes one line with its end at a time, from any thread.
    public init(
        levels: LogLevels, format: LogFormat, redactor: Redactor, now: @escaping @Sendable () -> Timestamp,
        write: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.levels = levels
        self.format = format
        self.redactor = redactor
        self.now = now
        self.write = write
    }

    /// True when a line of `level` about any of `topics` is written.
    public func isEnabled(_ level: LogLevel, _ topics: String...) -> Bool { levels.includes(level, topics) }

    /// Writes a line, if its level is wanted for one of its topics.
    ///
    /// - Parameters:
    ///   - topics: what it is about: an area (`run`, `step`, `attempt`, `http`, `trace`) and, for steps, their type.
    ///   - fields: what it concerns, by name: `run`, `step`, `attempt`, `request_id` and the like.
    public func callAsFunction(
        _ level: LogLevel, _ topics: String..., message: @autoclosure () -> String,
        fields: @autoclosure () -> JSONObject = [:]
    ) {
        guard levels.includes(level, topics) else { return }
        let line = LogLine(at: now(), level: level, message: message(), fields: fields())
        write(Array((redactor.redact(line.text(format)) + "\n").utf8))
    }
}

/// How lines of the log look.
public enum LogFormat: Sendable {
    /// A JSON object a line, for programs.
    case json
    /// For people at a terminal.
    case text
}
