public import FactoryJSON

/// What a job that ran left behind. All of it was in the hands of untrusted code but the termination and the figures.
public struct SandboxOutcome: Sendable {
    /// How it ended, as the kernel told; never what the job says about itself.
    public var termination: SandboxTermination
    /// What it printed.
    public var stdout: SandboxText
    /// What it printed to standard error.
    public var stderr: SandboxText
    /// What `main` returned, what `result` was set to, or, when neither, the last line of standard output when that is
    /// JSON; nil when none of these. Set only when the job succeeded.
    public var result: JSON?
    /// Why what the job wrote as its result is none; nil when all is well.
    public var resultProblem: String?
    /// What went wrong in the user's own code, as the agent tells it; nil when it told nothing.
    public var codeError: SandboxCodeError?
    /// The exit code; nil when the job did not end by itself.
    public var exitCode: Int32?
    /// Processor time of all its processes, in milliseconds.
    public var cpuMilliseconds: Int
    /// The most memory seen in use: the largest process's resident set, or the sum of what all processes had to
    /// themselves, looked at every 20 ms.
    public var peakMemoryBytes: Int
    /// Files added, changed and deleted; empty unless ``SandboxJob/collectsFiles``.
    public var files: SandboxFiles
    /// How strongly it was isolated.
    public var isolation: SandboxIsolation
}

/// Text a program printed, cut in the middle when it is long.
public struct SandboxText: Sendable, Hashable {
    /// The text, or its first 256 KiB and last 64 KiB with a line between that says how much is missing.
    public var text: String
    /// Bytes printed.
    public var bytes: Int
    /// Whether ``text`` is less than all of it.
    public var isTruncated: Bool
}

/// An error in the user's own code.
public struct SandboxCodeError: Sendable, Hashable {
    /// The error's type (`ValueError`).
    public var type: String
    /// Its message.
    public var message: String
    /// The line of the user's own code, from 1; nil when it is in none.
    public var line: Int?
}

/// What became of the files in a job's folder.
public struct SandboxFiles: Sendable, Hashable {
    /// A file that is new or has other bytes than before.
    public struct Changed: Sendable, Hashable {
        /// Path within the job's folder.
        public var path: String
        /// Its whole content.
        public var bytes: [UInt8]
        /// Whether the job made it.
        public var isNew: Bool
    }

    /// Something that is not taken over.
    public struct Refused: Sendable, Hashable {
        /// Path within the job's folder; bytes that are no UTF-8 are replaced.
        public var path: String
        /// Why.
        public var reason: Reason
    }

    /// Why something is not taken over.
    public enum Reason: String, Sendable, Hashable {
        case symbolicLink = "a symbolic link"
        case hardLink = "a hard link"
        case pipe = "a named pipe"
        case socket = "a socket"
        case device = "a device"
        case unreadable = "unreadable"
        case name = "a path that is too long, too deep, or no plain text"
        case tooMany = "one file too many"
        case tooLarge = "over the limit on bytes"
    }

    /// New and changed files, by path.
    public var changed: [Changed] = []
    /// Paths of files that the job was given and that are gone.
    public var deleted: [String] = []
    /// What was not taken over.
    public var refused: [Refused] = []

    /// No change.
    public init() {}
}

/// What a job says while it runs.
public enum SandboxOutput: Sendable, Hashable {
    /// Printed text, not necessarily whole lines.
    case stdout(String)
    /// Text printed to standard error, not necessarily whole lines.
    case stderr(String)
    /// `progress(done, of, note)`.
    case progress(done: Double, of: Double?, note: String?)
}
