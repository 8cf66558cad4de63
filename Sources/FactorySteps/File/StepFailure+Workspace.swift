import FactoryBlobs
import FactoryDomain
import FactoryWorkspace

extension StepFailure {
    /// What a workspace refused, as the failure of a step.
    init(_ error: WorkspaceError) {
        self.init(code: error.failureCode, message: error.description, hint: error.hint)
    }

    /// An edit that does not fit: what a model wrote is wrong, so a retry may help.
    init(_ error: EditError, path: String) {
        self.init(
            code: "edit_failed", class: .invalidOutput, message: "\(path): \(error.message)", hint: error.hint)
    }
}

extension WorkspaceError {
    /// Stable; listed in `docs/problems/`.
    fileprivate var failureCode: String {
        switch self {
        case .invalidPath, .denied: "path_denied"
        case .notFound: "file_not_found"
        case .exists: "file_exists"
        case .isFolder, .notFolder: "file_kind"
        case .limit(.fileBytes): "file_too_large"
        case .diskFull, .blobs(.diskFull): StepFailure.diskFullCode
        case .limit: "quota_exceeded"
        case .system, .blobs: "storage_error"
        }
    }
}
