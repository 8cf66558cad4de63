extension APIProblemCode {
    /// The HTTP status that goes with it.
    public var status: Int {
        switch self {
        case .badRequest, .unknownParameter, .unknownField, .invalidField, .invalidJSON, .credentialsMixed: 400
        case .unauthorized: 401
        case .forbidden, .signatureRefused, .originNotAllowed, .forgeryTokenMissing, .wrongCredentials: 403
        case .notFound: 404
        case .methodNotAllowed: 405
        case .notAcceptable: 406
        case .conflict, .nameTaken, .keyInUse, .notRecorded, .uploadOffset: 409
        case .preconditionFailed: 412
        case .bodyTooLarge, .quotaExceeded: 413
        case .targetTooLong: 414
        case .unsupportedMediaType: 415
        case .rangeNotSatisfiable: 416
        case .hostNotAllowed: 421
        case .keyReused, .invalidDocument, .invalidInputs, .missingSecrets, .missingOutputs, .invalidEvaluation,
            .oneTimeTokenInvalid, .notEncrypted, .evaluationTimeout:
            422
        case .preconditionRequired: 428
        case .invalidTrigger: 422
        case .tooManyRequests, .tooManyEvaluations: 429
        case .headTooLarge: 431
        case .internalError: 500
        case .unavailable, .masterKeyUnavailable, .stopping, .overloaded: 503
        case .storageFull: 507
        }
    }

    /// A few words for people, the same for every problem of this kind.
    public var title: String {
        switch self {
        case .badRequest: "Bad request"
        case .unknownParameter: "Unknown query parameter"
        case .unknownField: "Unknown field"
        case .invalidField: "Invalid value"
        case .invalidJSON: "Invalid JSON"
        case .unsupportedMediaType: "Unsupported media type"
        case .notAcceptable: "Not acceptable"
        case .bodyTooLarge: "Body too large"
        case .rangeNotSatisfiable: "Range not satisfiable"
        case .unauthorized: "Sign-in or access key required"
        case .forbidden: "Not allowed"
        case .hostNotAllowed: "Unknown host name"
        case .originNotAllowed: "Foreign origin"
        case .forgeryTokenMissing: "X-CSRF-Token required"
        case .credentialsMixed: "Two credentials at once"
        case .wrongCredentials: "Wrong name or password"
        case .oneTimeTokenInvalid: "Link or token not good"
        case .notEncrypted: "Connection not encrypted"
        case .tooManyRequests: "Too many requests"
        case .notFound: "Not found"
        case .methodNotAllowed: "Method not allowed"
        case .conflict: "Not possible in this state"
        case .nameTaken: "Name taken"
        case .preconditionRequired: "If-Match required"
        case .preconditionFailed: "Changed meanwhile"
        case .uploadOffset: "Wrong offset"
        case .quotaExceeded: "Workspace full"
        case .keyReused: "Idempotency-Key used for another request"
        case .keyInUse: "Idempotency-Key in use"
        case .invalidDocument: "Invalid document"
        case .invalidInputs: "Invalid inputs"
        case .missingSecrets: "Missing secrets"
        case .missingOutputs: "Missing outputs"
        case .notRecorded: "No recorded answers"
        case .invalidEvaluation: "Evaluation failed"
        case .signatureRefused: "Signature refused"
        case .invalidTrigger: "Invalid trigger"
        case .storageFull: "Disk full"
        case .masterKeyUnavailable: "Master key not available"
        case .targetTooLong: "Target too long"
        case .headTooLarge: "Head too large"
        case .evaluationTimeout: "Evaluation took too long"
        case .tooManyEvaluations: "Too many evaluations at once"
        case .unavailable: "Not available"
        case .overloaded: "Too much at once"
        case .stopping: "Server is stopping"
        case .internalError: "Internal error"
        }
    }
}
