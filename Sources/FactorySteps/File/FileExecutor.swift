public import FactoryBlobs
public import FactoryDomain
public import FactoryEngine
import FactoryJSON
public import FactoryWorkspace

/// Reads the workspace and stages changes of it: step type `file`.
///
/// An attempt sees the workspace with the run's settled changes on top. What it writes becomes changes of the output,
/// which the engine keeps together with the attempt's settlement; the folder itself is not touched here.
public struct FileExecutor: StepExecutor {
    /// `file`.
    public var type: String { "file" }
    /// Neither a model, nor code, nor a network.
    public var lane: Lane { .other }

    private let blobs: BlobStore
    private let kind: Workspace.Kind

    /// - Parameters:
    ///   - blobs: takes the contents that are written.
    ///   - kind: whose the workspaces are.
    public init(blobs: BlobStore, kind: Workspace.Kind) {
        self.blobs = blobs
        self.kind = kind
    }

    /// Does the operation of one attempt.
    ///
    /// - Throws: `path_denied`, `file_not_found`, `file_exists`, `file_kind`, `file_too_large`, `file_not_text`,
    ///   `file_invalid`, `edit_failed`, `invalid_content`, `invalid_field`, `quota_exceeded`, `storage_error`.
    public func execute(_ work: StepWork) async throws(StepFailure) -> StepOutcome {
        let request = try FileRequest(work.with)
        do {
            let workspace = try Workspace(root: work.workspace, kind: kind)
            var operation = FileOperation(
                view: WorkspaceView(workspace: workspace, blobs: blobs, settled: work.settledChanges))
            let value = try operation.perform(request)
            return .output(
                StepOutput(value: value, changes: operation.view.changes, warnings: operation.warnings))
        } catch let error as WorkspaceError {
            throw StepFailure(error)
        } catch let error as StepFailure {
            throw error
        } catch {
            throw StepFailure(code: "storage_error", message: String(describing: error))
        }
    }
}
