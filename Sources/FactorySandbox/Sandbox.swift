/// Runs untrusted code behind the kernel's boundary: namespaces, an empty file tree, no network, a list of allowed
/// system calls, and limits on everything. Knows nothing of pipelines.
///
/// Each job gets a jail of its own, started cold by `factory-jail`. Where the kernel cannot make one, jobs are refused
/// with the reason; nothing ever runs without. The jails of a process that dies, by `SIGKILL` too, end with it.
public final class Sandbox: Sendable {
    /// What this sandbox was made with.
    public let configuration: SandboxConfiguration
    private let admission: Admission
    private let boundary: Boundary

    /// A sandbox; nothing is started before the first job.
    public init(configuration: SandboxConfiguration = SandboxConfiguration()) {
        self.configuration = configuration
        admission = Admission(width: configuration.width, memoryBytes: configuration.memoryBytes)
        boundary = Boundary(configuration: configuration)
    }

    /// What the self-test found: run at the first call, remembered after it.
    public func readiness() async -> SandboxReadiness { await boundary.readiness() }

    /// Runs the self-test again, after an operator changed something.
    public func testAgain() async -> SandboxReadiness { await boundary.testAgain() }

    /// The interpreter that runs `language`: found at the first call by starting it in a jail, remembered after it.
    ///
    /// - Throws: ``SandboxError/interpreterMissing(_:reason:)``, and what ``run(_:onOutput:)`` throws for a boundary
    ///   that cannot be had.
    public func interpreter(for language: SandboxLanguage) async throws(SandboxError) -> Interpreter {
        try await boundary.interpreter(for: language)
    }

    /// Runs `job` to its end and collects what it leaves.
    ///
    /// Waits for a free place first (``SandboxConfiguration/width``). Cancelling the task kills the job; the call
    /// returns when every process of it is dead. A job that ran is never an error here, however it ended: see
    /// ``SandboxOutcome/termination``.
    /// - Parameter onOutput: gets what the job prints and reports while it runs, on a thread of the job's own; it
    ///   must not block.
    /// - Throws: ``SandboxError`` when the job was not run, or its end is not known.
    public func run(
        _ job: SandboxJob, onOutput: (@Sendable (SandboxOutput) -> Void)? = nil
    ) async throws(SandboxError) -> SandboxOutcome {
        try job.check(against: configuration.maximum)
        let interpreter = try await boundary.interpreter(for: job.language)
        let place = try await admission.enter(memoryBytes: job.limits.memoryBytes)
        let outcome: Result<SandboxOutcome, SandboxError>
        do throws(SandboxError) {
            outcome = .success(try await run(job, with: interpreter, onOutput: onOutput))
        } catch {
            outcome = .failure(error)
        }
        await admission.leave(place)
        return try outcome.get()
    }

    private func run(
        _ job: SandboxJob, with interpreter: Interpreter, onOutput: (@Sendable (SandboxOutput) -> Void)?
    ) async throws(SandboxError) -> SandboxOutcome {
        let package = try JobPackage(job)
        let launch = JailLaunch(job, package: package, interpreter: interpreter, configuration: configuration)
        let end = try await Jail.run(launch, onOutput: onOutput)
        return SandboxOutcome(of: job, end: end, package: package)
    }
}
