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

    // Triggers
    case listTriggers = "list_triggers"
    case createTrigger = "create_trigger"
    case getTrigger = "get_trigger"
    case changeTrigger = "change_trigger"
    case removeTrigger = "remove_trigger"
    case listDeliveries = "list_deliveries"
    case getDelivery = "get_delivery"
    case redeliver
    case receiveHook = "receive_hook"
    case validateSchedule = "validate_schedule"

    // Messages to other systems
    case listWebhooks = "list_webhooks"
    case createWebhook = "create_webhook"
    case getWebhook = "get_webhook"
    case changeWebhook = "change_webhook"
    case removeWebhook = "remove_webhook"
    case listMessages = "list_messages"
    case resendMessage = "resend_message"

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
