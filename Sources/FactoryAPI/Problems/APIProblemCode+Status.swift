extension APIProblemCode {
    /// The HTTP status that goes with it.
    public var status: Int {
        switch self {
        case .badRequest, .unknownParameter, .unknownField, .invalidField, .invalidJSON: 400
        case .unauthorized: 401
        case .forbidden, .signatureRefused, .originNotAllowed: 403
        case .notFound: 404
        case .methodNotAllowed: 405
        case .notAcceptable: 406
        case .conflict, .nameTaken, .keyInUse: 409
        case .preconditionFailed: 412
        case .bodyTooLarge: 413
        case .unsupportedMediaType: 415
        case .rangeNotSatisfiable: 416
        case .hostNotAllowed: 421
        case .keyReused, .invalidDocument, .invalidInputs, .missingSecrets, .invalidEvaluation: 422
        case .preconditionRequired: 428
        case .invalidTrigger: 422
        case .rateLimited: 429
        case .internalError: 500
        case .unavailable, .stopping: 503
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
        case .unauthorized: "Access key required"
        case .forbidden: "Not allowed"
        case .hostNotAllowed: "Unknown host name"
        case .originNotAllowed: "Foreign origin"
        case .notFound: "Not found"
        case .methodNotAllowed: "Method not allowed"
        case .conflict: "Not possible in this state"
        case .nameTaken: "Name taken"
        case .preconditionRequired: "If-Match required"
        case .preconditionFailed: "Changed meanwhile"
        case .keyReused: "Idempotency-Key used for another request"
        case .keyInUse: "Idempotency-Key in use"
        case .invalidDocument: "Invalid document"
        case .invalidInputs: "Invalid inputs"
        case .missingSecrets: "Missing secrets"
        case .invalidEvaluation: "Evaluation failed"
        case .signatureRefused: "Signature refused"
        case .rateLimited: "Too many requests"
        case .invalidTrigger: "Invalid trigger"
        case .storageFull: "Disk full"
        case .unavailable: "Not available"
        case .stopping: "Server is stopping"
        case .internalError: "Internal error"
        }
    }
}
