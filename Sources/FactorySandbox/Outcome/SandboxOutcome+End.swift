import CJail
import FactoryJSON

extension SandboxOutcome {
    init(of job: SandboxJob, end: JailEnd, package: JobPackage) {
        let answer = JobAnswer(end.result)
        termination = Self.termination(of: end, answer: answer, language: job.language)
        stdout = SandboxText(end.stdout)
        stderr = SandboxText(end.stderr)
        codeError = answer.error
        exitCode = if case .exited(let code) = termination { code } else { nil }
        cpuMilliseconds = Int(end.report.cpu_microseconds / 1000)
        peakMemoryBytes = Int(end.report.peak_bytes)
        files = end.files
        isolation = .full
        if termination.isSuccess {
            result = answer.result ?? (answer.isEmpty ? Self.lastLine(of: end.stdout) : nil)
            resultProblem = answer.problem
        }
    }

    private static func termination(
        of end: JailEnd, answer: JobAnswer, language: SandboxLanguage
    ) -> SandboxTermination {
        if let stop = end.stop, stop != .wall || end.report.cause == JAIL_CAUSE_LIFELINE.rawValue {
            switch stop {
            case .wall: return .wallTimeout
            case .output: return .outputLimit
            case .result: return .resultLimit
            }
        }
        switch end.report.cause {
        case JAIL_CAUSE_MEMORY.rawValue: return .memoryLimit
        case JAIL_CAUSE_CPU.rawValue: return .cpuLimit
        default: break
        }
        if ranOutOfMemory(end, answer: answer, language: language) { return .memoryLimit }
        return end.report.signal != 0 ? .signaled(end.report.signal) : .exited(end.report.exit_code)
    }

    /// The interpreters say it themselves when a limit keeps them from getting more. Only a job that failed anyway is
    /// asked, so that a lie changes nothing but the name of the failure.
    private static func ranOutOfMemory(_ end: JailEnd, answer: JobAnswer, language: SandboxLanguage) -> Bool {
        switch language {
        case .python: end.report.exit_code == 1 && answer.error?.type == "MemoryError"
        case .javascript:
            end.report.signal != 0 && end.stderr.contains(text: "JavaScript heap out of memory")
                || end.report.exit_code == 1 && answer.error?.message == "Array buffer allocation failed"
        }
    }

    private static func lastLine(of output: [UInt8]) -> JSON? {
        let lines = output.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
        guard let last = lines.last(where: { !$0.allSatisfy { $0 == 0x20 || $0 == 0x09 } }) else { return nil }
        // Not being JSON is no error: it is what most lines are.
        return try? JSON(parsing: Array(last), limits: JobAnswer.limits)
    }
}

extension [UInt8] {
    fileprivate func contains(text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard count >= wanted.count else { return false }
        return (0...(count - wanted.count)).contains { self[$0...].starts(with: wanted) }
    }
}
