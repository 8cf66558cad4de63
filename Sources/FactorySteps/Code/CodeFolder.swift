import FactoryBlobs
import FactoryDomain
import FactoryEngine
import FactorySandbox
import FactoryWorkspace

/// The workspace as one attempt's code gets it, and what becomes of the code's changes.
struct CodeFolder {
    private var view: WorkspaceView

    /// The staged changes, in order.
    var changes: [FileChange] { view.changes }

    init(_ work: StepWork, blobs: BlobStore, kind: Workspace.Kind) throws(StepFailure) {
        do throws(WorkspaceError) {
            let workspace = try Workspace(root: work.workspace, kind: kind)
            view = WorkspaceView(workspace: workspace, blobs: blobs, settled: work.settledChanges)
        } catch {
            throw StepFailure(error)
        }
    }

    /// Every file of the workspace but those below `.git`.
    ///
    /// - Throws: `quota_exceeded`, before any is read, when they do not fit into the job's folder.
    mutating func files(limits: SandboxLimits) throws(StepFailure) -> [SandboxFile] {
        let entries = try found()
        let bytes = entries.reduce(0) { $0 + $1.status.size }
        guard entries.count <= limits.folderEntries, bytes <= Int64(limits.folderBytes) else {
            throw StepFailure(
                code: "quota_exceeded",
                message: "the workspace has \(entries.count) files of \(bytes) bytes together, and code gets at most "
                    + "\(limits.folderEntries) files of \(limits.folderBytes) bytes",
                hint: "Pass what the code needs through `inputs`, or point `--files` at a smaller folder.")
        }
        var files: [SandboxFile] = []
        for entry in entries { files.append(try file(at: entry.path)) }
        return files
    }

    /// Stages what the code changed; answers what is worth saying about it.
    ///
    /// - Throws: `quota_exceeded` when there is more than a step may take over, and the codes of staging. Nothing is
    ///   left out for its size without a word.
    mutating func take(_ files: SandboxFiles) throws(StepFailure) -> [String] {
        let tooMuch = files.refused.filter { $0.reason == .tooMany || $0.reason == .tooLarge }
        if let first = tooMuch.first {
            throw StepFailure(
                code: "quota_exceeded",
                message: "the code changed more files than a step can take over: “\(first.path)” is "
                    + "\(first.reason.rawValue)\(tooMuch.count > 1 ? ", and \(tooMuch.count - 1) more" : "")",
                hint: "Write what is not to be kept to /tmp, or pack many files into one.")
        }
        do {
            for file in files.changed { try view.write(file.bytes, to: WorkspacePath(file.path)) }
            for path in files.deleted { try view.delete(WorkspacePath(path)) }
        } catch let error as WorkspaceError {
            throw StepFailure(error)
        } catch {
            throw StepFailure(code: "path_denied", message: "a file that the code wrote: \(error)")
        }
        return Self.warnings(of: files.refused)
    }

    /// The code chose how many there are, and what they are called.
    private static let mostWarnings = 20

    private static func warnings(of refused: [SandboxFiles.Refused]) -> [String] {
        var warnings = refused.prefix(mostWarnings).map {
            "“\($0.path.prefix(200))” is not taken over from the code's folder: \($0.reason.rawValue)"
        }
        if refused.count > mostWarnings { warnings.append("\(refused.count - mostWarnings) more are not taken over") }
        return warnings
    }

    private func found() throws(StepFailure) -> [Listing.Entry] {
        do { return try view.allFiles().entries } catch { throw StepFailure(error) }
    }

    private mutating func file(at path: WorkspacePath) throws(StepFailure) -> SandboxFile {
        do {
            return SandboxFile(path: path.rawValue, content: .bytes(try view.read(path)))
        } catch {
            throw StepFailure(error)
        }
    }
}
