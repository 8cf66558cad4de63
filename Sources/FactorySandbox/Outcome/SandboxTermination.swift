/// How a job ended.
public enum SandboxTermination: Sendable, Hashable {
    /// By itself, with this exit code.
    case exited(Int32)
    /// By a signal that no limit sent: a crash, or the kernel's out-of-memory killer.
    case signaled(Int32)
    /// ``SandboxLimits/wall`` passed.
    case wallTimeout
    /// ``SandboxLimits/cpuSeconds`` passed.
    case cpuLimit
    /// ``SandboxLimits/memoryBytes`` passed, or the interpreter got no more memory within it.
    case memoryLimit
    /// More than ``SandboxLimits/outputBytes`` printed.
    case outputLimit
    /// A result of more than ``SandboxLimits/resultBytes``.
    case resultLimit

    /// True for exit code 0 alone.
    public var isSuccess: Bool { self == .exited(0) }
}

/// How strongly a job was isolated.
public enum SandboxIsolation: String, Sendable {
    /// Everything that ``Sandbox`` promises.
    case full
}
