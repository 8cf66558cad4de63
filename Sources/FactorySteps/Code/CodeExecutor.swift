public import FactoryBlobs
public import FactoryDomain
public import FactoryEngine
import FactoryJSON
public import FactorySandbox
public import FactoryWorkspace

/// Runs code in the sandbox: step type `code`.
///
/// Code that may see files gets copies of the workspace with the run's settled changes on top. What it changes becomes
/// changes of the output, which the engine keeps together with the attempt's settlement; the folder itself is not
/// touched here.
public struct CodeExecutor: StepExecutor {
    /// `code`.
    public var type: String { "code" }
    /// Code has a width of its own.
    public var lane: Lane { .code }

    private let sandbox: Sandbox
    private let blobs: BlobStore
    private let kind: Workspace.Kind

    /// - Parameters:
    ///   - sandbox: runs the code.
    ///   - blobs: takes the contents of files that the code writes.
    ///   - kind: whose the workspaces are.
    public init(sandbox: Sandbox, blobs: BlobStore, kind: Workspace.Kind) {
        self.sandbox = sandbox
        self.blobs = blobs
        self.kind = kind
    }

    /// Runs the code of one attempt.
    ///
    /// - Throws: `exit_nonzero`, `timeout`, `memory_limit`, `output_limit` and `invalid_output`, each with what the code
    ///   printed as output; `sandbox_setup_failed`, `sandbox_lost`, `invalid_field`, `secret_missing`,
    ///   `quota_exceeded`, and the codes of reading and staging files.
    public func execute(_ work: StepWork) async throws(StepFailure) -> StepOutcome {
        let request = try CodeRequest(work, maximum: sandbox.configuration.maximum)
        var folder: CodeFolder?
        if request.files != .none { folder = try CodeFolder(work, blobs: blobs, kind: kind) }
        let job = SandboxJob(
            language: request.language, code: request.code, inputs: .object(request.inputs),
            files: try folder?.files(limits: request.limits) ?? [], collectsFiles: request.files == .write,
            limits: request.limits)

        let outcome: SandboxOutcome
        do {
            outcome = try await sandbox.run(job, onOutput: { work.announce(Announcement($0)) })
        } catch {
            throw StepFailure(error)
        }
        if var failure = outcome.failure(of: request) {
            failure.isolation = outcome.isolation.rawValue
            throw failure
        }
        let warnings = try folder?.take(outcome.files) ?? []
        return .output(
            StepOutput(
                value: outcome.json, changes: folder?.changes ?? [], warnings: warnings,
                isolation: outcome.isolation.rawValue))
    }
}

extension Announcement {
    init(_ output: SandboxOutput) {
        switch output {
        case .stdout(let text): self = .log(.stdout, text)
        case .stderr(let text): self = .log(.stderr, text)
        case .progress(let done, let of, let note): self = .progress(done: done, of: of, note: note)
        }
    }
}
