/// Every kind of problem that a request can have. The raw values are stable: programs match on them, and
/// `docs/problems` has a section for each.
public enum APIProblemCode: String, Sendable, CaseIterable {
    // The request as such
    case badRequest = "bad_request"
    case unknownParameter = "unknown_parameter"
    case unknownField = "unknown_field"
    case invalidField = "invalid_field_value"
    case invalidJSON = "invalid_json"
    case unsupportedMediaType = "unsupported_media_type"
    case notAcceptable = "not_acceptable"
    case bodyTooLarge = "body_too_large"
    case rangeNotSatisfiable = "range_not_satisfiable"
    case targetTooLong = "target_too_long"
    case headTooLarge = "head_too_large"

    // Who asks, and from where
    case unauthorized
    case forbidden
    case signatureRefused = "signature_refused"
    case hostNotAllowed = "host_not_allowed"
    case originNotAllowed = "origin_not_allowed"
    case forgeryTokenMissing = "csrf_token_missing"
    case credentialsMixed = "credentials_mixed"
    case wrongCredentials = "wrong_credentials"
    case oneTimeTokenInvalid = "one_time_token_invalid"
    case notEncrypted = "not_encrypted"
    case tooManyRequests = "too_many_requests"

    // What is asked for
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    case conflict = "state_conflict"
    case nameTaken = "name_taken"
    case preconditionRequired = "precondition_required"
    case preconditionFailed = "precondition_failed"
    case keyReused = "idempotency_key_reused"
    case keyInUse = "idempotency_key_in_use"

    // Files
    case uploadOffset = "upload_offset"
    case quotaExceeded = "quota_exceeded"

    // Documents and inputs
    case invalidDocument = "invalid_document"
    case invalidInputs = "invalid_inputs"
    case missingSecrets = "secret_missing"
    case missingOutputs = "output_missing"
    case notRecorded = "not_recorded"
    case invalidEvaluation = "evaluation_failed"
    case evaluationTimeout = "evaluation_timeout"
    case tooManyEvaluations = "too_many_evaluations"

    // Triggers
    case invalidTrigger = "invalid_trigger"

    // The server
    case storageFull = "storage_full"
    case masterKeyUnavailable = "master_key_unavailable"
    case unavailable
    case overloaded
    case stopping = "server_stopping"
    case internalError = "internal_error"
}
