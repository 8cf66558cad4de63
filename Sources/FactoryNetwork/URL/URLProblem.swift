/// Why a text is not a URL that may be requested.
public struct URLProblem: Error, Sendable, Hashable {
    /// What is wrong, as a clause without a capital letter and a full stop.
    public let message: String
    /// How to write it instead.
    public let hint: String

    init(_ message: String, hint: String) {
        self.message = message
        self.hint = hint
    }
}
