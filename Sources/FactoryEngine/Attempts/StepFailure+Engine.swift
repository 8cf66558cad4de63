import FactoryBlobs
import FactoryDomain
import FactoryExpressions
import FactorySecrets

extension StepFailure {
    /// An expression or template in `field` that has no value.
    static func expression(_ error: ExpressionError, in field: String) -> StepFailure {
        StepFailure(
            code: "expression_error",
            message: "\(field), line \(error.position.line), column \(error.position.column): \(error.message)",
            hint: error.hint)
    }

    /// An attempt that took longer than the step allows.
    static func timeout(after timeout: Duration) -> StepFailure {
        StepFailure(
            code: "timeout", class: .timeout, message: "the step took longer than \(timeout.shortText)",
            hint: "raise the step's timeout, or make it do less")
    }

    /// A value that could not be kept or read back.
    static func storage(_ error: BlobError) -> StepFailure {
        StepFailure(
            code: error == .diskFull ? diskFullCode : "storage_error",
            message: "a value could not be stored or read: \(error)")
    }

    /// A file that would be named by a secret.
    static let secretInPath = StepFailure(
        code: "secret_in_path", message: "the step writes a file whose name holds a secret",
        hint: "name the file by something else: names are stored and shown")

    /// An attempt whose process ended before it did.
    static let attemptLost = StepFailure(code: "lost", message: "the process that ran this attempt ended before it did")

    /// An attempt that was lost three times in a row.
    static let lost = StepFailure(
        code: "lost", message: "three attempts in a row were lost because the process running them ended",
        hint: "look for what ends the process during this step, then resume the run")

    /// A change that another, independent step has made to the same file.
    static func writeConflict(path: String, otherPath: String, with other: String) -> StepFailure {
        StepFailure(
            code: "write_conflict",
            message: path == otherPath
                ? "\(path) was changed by the step \(other) too, and neither step comes before the other"
                : "\(path) and \(otherPath), written by the step \(other), cannot both be files, and neither step "
                    + "comes before the other",
            hint: "put one of the two under `needs` of the other, or let both append")
    }
}

extension StepFailure {
    /// This failure with the secrets of the run concealed in what it says.
    func concealed(by secrets: SecretVault) -> StepFailure {
        var shown = self
        shown.message = secrets.conceal(message)
        shown.hint = hint.map(secrets.conceal)
        return shown
    }

    /// This failure of an attempt whose model calls used `usage`, unless it tells of its own.
    func using(_ usage: Usage?) -> StepFailure {
        var failure = self
        failure.usage = failure.usage ?? usage
        return failure
    }
}

extension Duration {
    /// As documents write it: `250ms`, `30s`, `5m`, `2h`.
    var shortText: String {
        let milliseconds = components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
        if milliseconds % 1_000 != 0 { return "\(milliseconds)ms" }
        let seconds = milliseconds / 1_000
        if seconds % 60 != 0 || seconds == 0 { return "\(seconds)s" }
        return seconds % 3_600 == 0 ? "\(seconds / 3_600)h" : "\(seconds / 60)m"
    }
}
