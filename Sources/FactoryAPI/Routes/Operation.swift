/// What the server can be asked to do: one case for each handler.
public enum Operation: String, Sendable, CaseIterable {
    // The server itself
    case health, readiness, metrics, doctor, schema, openapi
    case clientScript = "client_script"
    case clientTypes = "client_types"

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

    // Templates
    case listTemplates = "list_templates"
    case getTemplate = "get_template"
    case publishTemplate = "publish_template"
    case removeTemplate = "remove_template"

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

    // Model providers and what they were used for
    case listProviders = "list_providers"
    case createProvider = "create_provider"
    case getProvider = "get_provider"
    case changeProvider = "change_provider"
    case removeProvider = "remove_provider"
    case testProvider = "test_provider"
    case findProviders = "find_providers"
    case admitProvider = "admit_provider"
    case listModels = "list_models"
    case changeModel = "change_model"
    case setModelAlias = "set_model_alias"
    case removeModelAlias = "remove_model_alias"
    case getUsage = "get_usage"

    // What runs wrote, and the workspace
    case getChanges = "get_changes"
    case applyChanges = "apply_changes"
    case discardChanges = "discard_changes"
    case listArtifacts = "list_artifacts"
    case getArchive = "get_archive"
    case getArtifact = "get_artifact"
    case getFile = "get_file"
    case putFile = "put_file"
    case deleteFile = "delete_file"

    // Secrets, variables and environments
    case listSecrets = "list_secrets"
    case getSecret = "get_secret"
    case putSecret = "put_secret"
    case removeSecret = "remove_secret"
    case listVariables = "list_variables"
    case getVariable = "get_variable"
    case putVariable = "put_variable"
    case removeVariable = "remove_variable"
    case listEnvironments = "list_environments"
    case getEnvironment = "get_environment"
    case putEnvironment = "put_environment"
    case removeEnvironment = "remove_environment"
    // Accounts
    case setUp = "set_up"
    case signIn = "sign_in"
    case getSession = "get_session"
    case signOut = "sign_out"
    case listSessions = "list_sessions"
    case endSession = "end_session"
    case listUsers = "list_users"
    case createUser = "create_user"
    case getUser = "get_user"
    case changeUser = "change_user"
    case removeUser = "remove_user"
    case setPassword = "set_password"
    case createInvitation = "create_invitation"
    case acceptInvitation = "accept_invitation"
    case listKeys = "list_access_keys"
    case createKey = "create_access_key"
    case revokeKey = "revoke_access_key"
    case listAudit = "list_audit"
    case verifyAudit = "verify_audit"
}
