public import FactoryDomain

/// What one attempt has written to one stream, and where the store keeps it.
public struct LogText: Sendable, Hashable {
    /// The attempt.
    public var attempt: ID<Attempt>
    /// Its number within the step, from 1.
    public var number: Int
    /// Where it stands.
    public var status: AttemptStatus
    /// Path of the step.
    public var step: String
    /// `stdout`, `stderr`, or `text` for what a model generated.
    public var stream: String
    /// Row of its first piece.
    public var firstRow: Int64
    /// Row of its last piece.
    public var lastRow: Int64

    /// A text of these values.
    public init(
        attempt: ID<Attempt>, number: Int, status: AttemptStatus, step: String, stream: String, firstRow: Int64,
        lastRow: Int64
    ) {
        self.attempt = attempt
        self.number = number
        self.status = status
        self.step = step
        self.stream = stream
        self.firstRow = firstRow
        self.lastRow = lastRow
    }
}

/// A piece of a text.
public struct LogTextChunk: Sendable, Hashable {
    /// Its row; grows from piece to piece.
    public var row: Int64
    /// When its last part came.
    public var at: Timestamp
    /// The text, secrets redacted.
    public var text: String

    /// A piece of these values.
    public init(row: Int64, at: Timestamp, text: String) {
        self.row = row
        self.at = at
        self.text = text
    }
}
