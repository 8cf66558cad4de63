/// What the exit code of a command says.
enum ExitStatus: Int32 {
    case succeeded = 0
    case runFailed = 1
    case usage = 2
    /// The document or the inputs are invalid.
    case invalid = 3
    case cancelled = 4
    /// The store is out of reach or held by another process.
    case unavailable = 5
    /// Something waits for a person.
    case waiting = 6
}

/// The end of a command that did not succeed.
struct CommandFailure: Error {
    let code: ExitStatus
    /// What to say on standard error; nil when everything has been said.
    var message: String?
    /// What to do about it.
    var hint: String?

    init(_ code: ExitStatus, _ message: String? = nil, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    func report() {
        if let message { Output.note("factory: \(message)") }
        if let hint { Output.note("  \(hint)") }
    }
}
