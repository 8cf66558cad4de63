public import FactoryBlobs
import FactoryDefinition
public import FactoryDomain
public import FactoryEngine
import FactoryJSON
public import FactoryNetwork
public import FactoryWorkspace

/// Sends one HTTP request: step type `api`.
///
/// Marks of secrets become their values here, in the request alone; what is given back is concealed by the engine.
public struct APIExecutor: StepExecutor {
    /// `api`.
    public var type: String { "api" }
    /// Requests have a width of their own.
    public var lane: Lane { .api }

    private let egress: Egress
    private let blobs: BlobStore
    private let kind: Workspace.Kind

    /// - Parameters:
    ///   - egress: the way out.
    ///   - blobs: holds files that earlier steps of the run wrote.
    ///   - kind: whose the workspaces are.
    public init(egress: Egress, blobs: BlobStore, kind: Workspace.Kind) {
        self.egress = egress
        self.blobs = blobs
        self.kind = kind
    }

    /// Sends the request of one attempt.
    ///
    /// - Throws: `http_status` with the answer as output, `invalid_field`, `invalid_output`, the codes of
    ///   ``EgressError`` and those of reading a file.
    public func execute(_ work: StepWork) async throws(StepFailure) -> StepOutcome {
        var request = try APIRequest(work).outbound()
        if let path = work.with["file"]?.stringValue {
            request.body = try read(path, work)
            if request.headers["Content-Type"] == nil { request.headers["Content-Type"] = "application/octet-stream" }
        }
        let response: InboundResponse
        do { response = try await egress.send(request) } catch { throw StepFailure(error) }
        return .output(try APIAnswer(response, with: work.with).output())
    }

    private func read(_ path: String, _ work: StepWork) throws(StepFailure) -> [UInt8] {
        do {
            let workspace = try Workspace(root: work.workspace, kind: kind)
            var view = WorkspaceView(workspace: workspace, blobs: blobs, settled: work.settledChanges)
            return try view.read(WorkspacePath(path))
        } catch let error as WorkspaceError {
            throw StepFailure(error)
        } catch {
            throw StepFailure(code: "path_denied", message: "with.file: \(error)")
        }
    }
}
