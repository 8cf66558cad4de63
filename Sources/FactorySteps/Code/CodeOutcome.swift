import FactoryDomain
import FactoryJSON
import FactorySandbox

extension SandboxOutcome {
    /// The output of the step, also kept with most failures.
    var json: JSON {
        [
            "result": result ?? .null,
            "stdout": .string(stdout.text),
            "stderr": .string(stderr.text),
            "exit_code": exitCode.map { .int(Int64($0)) } ?? .null,
            "files": .array(files.json),
            "usage": ["cpu_ms": .int(Int64(cpuMilliseconds)), "peak_memory_bytes": .int(Int64(peakMemoryBytes))],
            "isolation": .string(isolation.rawValue),
        ]
    }

    /// Why the step fails after this end; nil when it does not.
    func failure(of request: CodeRequest) -> StepFailure? {
        switch termination {
        case .exited(0): resultProblem.map { failure("invalid_output", class: .invalidOutput, $0) }
        case .exited(let code): request.isChecked ? failure("exit_nonzero", sentence(code, request.language)) : nil
        case .signaled(let signal):
            failure(
                "exit_nonzero", "the code was ended by signal \(signal)",
                hint: signal == 9 ? "The machine may have run out of memory." : nil)
        case .wallTimeout:
            failure(
                "timeout", class: .timeout, "the code ran longer than \(request.limits.wall)",
                hint: "Raise the step's `timeout` (and `limits.wall`, where it is set).")
        case .cpuLimit:
            failure(
                "timeout", class: .timeout, "the code used more than \(request.limits.cpuSeconds) s of processor time",
                hint: "Raise `limits.cpu`.")
        case .memoryLimit:
            failure(
                "memory_limit", "the code used more than \(request.limits.memoryBytes >> 20) MiB of memory",
                hint: "Raise `limits.memory`, or work on less at a time.")
        case .outputLimit:
            failure(
                "output_limit", "the code printed more than \(request.limits.outputBytes) bytes",
                hint: "Print less, return the data as the result, or raise `limits.output`.")
        case .resultLimit:
            failure(
                "output_limit", "the code's result is longer than \(request.limits.resultBytes) bytes",
                hint: "Write large data to files, with `files: write`.")
        }
    }

    private func failure(
        _ code: String, class: StepFailure.Class = .other, _ message: String, hint: String? = nil
    ) -> StepFailure {
        StepFailure(code: code, class: `class`, message: message, hint: hint, output: json)
    }

    /// Names the error and the line of the user's own code where these are known.
    private func sentence(_ code: Int32, _ language: SandboxLanguage) -> String {
        guard let codeError else { return "the code ended with exit code \(code)" }
        let place = codeError.line.map { " (\(language.fileName), line \($0))" } ?? ""
        let message = codeError.message.isEmpty ? "" : ": \(codeError.message)"
        return codeError.type + message + place
    }
}

extension SandboxFiles {
    fileprivate var json: [JSON] {
        let changes =
            changed.map { (path: $0.path, action: $0.isNew ? "created" : "changed") }
            + deleted.map { (path: $0, action: "deleted") }
        return changes.sorted { $0.path < $1.path }.map { change in
            ["path": .string(change.path), "action": .string(change.action)]
        }
    }
}

extension StepFailure {
    /// A job that was not run, or whose end is not known.
    init(_ error: SandboxError) {
        switch error {
        case .unavailable(let problem), .setupFailed(let problem):
            self.init(code: "sandbox_setup_failed", message: error.description, hint: problem.hint)
        case .interpreterMissing(let language, _):
            let program = language == .python ? "python3 (3.8 or newer)" : "node (18 or newer)"
            self.init(
                code: "sandbox_setup_failed", message: error.description, hint: "Install \(program) below /usr.")
        case .invalidJob: self.init(code: "invalid_field", message: error.description)
        case .lost: self.init(code: "sandbox_lost", class: .serverError, message: error.description)
        case .cancelled: self.init(code: "cancelled", message: error.description)
        }
    }
}
