/// Why a cron text cannot be used, where, and what to write instead.
public struct CronError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, as a sentence without a full stop.
    public var message: String
    /// What to do about it.
    public var hint: String
    /// Where it is wrong: Unicode scalars from 1.
    public var column: Int

    /// An error of these values.
    public init(_ message: String, hint: String, column: Int) {
        self.message = message
        self.hint = hint
        self.column = column
    }

    /// Message, place and hint.
    public var description: String { "\(message) (column \(column)); \(hint)" }
}
