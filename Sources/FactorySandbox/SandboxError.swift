/// Why a job was not run, or why its end is not known. A job that ran and failed is a ``SandboxOutcome``.
public enum SandboxError: Error, Sendable, Hashable {
    /// This machine cannot hold the boundary; nothing is run without it.
    case unavailable(SandboxProblem)
    /// No interpreter for the language was found, or none that starts.
    case interpreterMissing(SandboxLanguage, reason: String)
    /// The job asks for something that is not allowed: a limit above the maximum, a path outside of its folder.
    case invalidJob(String)
    /// The jail could not be built for this job.
    case setupFailed(SandboxProblem)
    /// The jail ended without telling how. Everything of it is dead.
    case lost(String)
    /// The surrounding task was cancelled. Everything the job started is dead.
    case cancelled
}

/// Something that keeps the boundary from being built, and what mends it.
public struct SandboxProblem: Sendable, Hashable {
    /// What does not work, as one sentence.
    public var reason: String
    /// What an operator can do about it; nil where nothing is known.
    public var hint: String?

    /// A problem with its remedy.
    public init(reason: String, hint: String? = nil) {
        self.reason = reason
        self.hint = hint
    }
}

extension SandboxError: CustomStringConvertible {
    /// One sentence that says what happened.
    public var description: String {
        switch self {
        case .unavailable(let problem): "code cannot be isolated on this machine: \(problem.reason)"
        case .interpreterMissing(let language, let reason): "no interpreter for \(language.rawValue): \(reason)"
        case .invalidJob(let reason): reason
        case .setupFailed(let problem): "the sandbox could not be set up: \(problem.reason)"
        case .lost(let reason): "the sandbox ended without a report: \(reason)"
        case .cancelled: "the code was cancelled"
        }
    }
}
