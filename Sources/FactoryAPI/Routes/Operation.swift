/// What the server can be asked to do: one case for each handler.
public enum Operation: String, Sendable, CaseIterable {
    // The server itself
    case health, readiness, metrics, doctor, schema, openapi

    // Pipelines
    case listPipelines = "list_pipelines"
    case createPipeline = "create_pipeline"
    case getPipeline = "get_pipeline"
    case replacePipeline = "replace_pipeline"
    case changePipeline = "change_pipeline"
    case trashPipeline = "trash_pipeline"
    case restorePipeline = "restore_pipeline"
    case validate
    case validatePipeline = "validate_pipeline"
    case evaluate

    // What people do with pipelines together
    case listTags = "list_tags"
    case addFavourite = "add_favourite"
    case removeFavourite = "remove_favourite"
    case importPipelines = "import_pipelines"
    case exportPipelines = "export_pipelines"
    case listVersions = "list_versions"
    case publishVersion = "publish_version"
    case getVersion = "get_version"
    case compareVersion = "compare_version"
    case restoreVersion = "restore_version"
    case getLayout = "get_layout"
    case putLayout = "put_layout"
    case getShares = "get_shares"
    case putShares = "put_shares"
    case removeShares = "remove_shares"
    case putShare = "put_share"
    case removeShare = "remove_share"
    case listShareLinks = "list_share_links"
    case createShareLink = "create_share_link"
    case removeShareLink = "remove_share_link"
    case acceptShareLink = "accept_share_link"
    case listComments = "list_comments"
    case addComment = "add_comment"
    case changeComment = "change_comment"
    case removeComment = "remove_comment"
    case listActivity = "list_activity"
    case followPipeline = "follow_pipeline"
    case followPipelines = "follow_pipelines"

    // Steps of a pipeline
    case listSteps = "list_steps"
    case addStep = "add_step"
    case getStep = "get_step"
    case replaceStep = "replace_step"
    case removeStep = "remove_step"
    case reorderSteps = "reorder_steps"

    // Runs
    case startRun = "start_run"
    case listRuns = "list_runs"
    case getRun = "get_run"
    case getStepRun = "get_step_run"
    case getRunLogs = "get_run_logs"
    case getStepLogs = "get_step_logs"
    case followRun = "follow_run"
    case cancelRun = "cancel_run"
    case pauseRun = "pause_run"
    case resumeRun = "resume_run"
    case retryRun = "retry_run"

    // What runs wrote, and the workspace
    case getChanges = "get_changes"
    case applyChanges = "apply_changes"
    case discardChanges = "discard_changes"
    case listArtifacts = "list_artifacts"
    case getArtifact = "get_artifact"
    case getFile = "get_file"
    case putFile = "put_file"
    case deleteFile = "delete_file"
}
