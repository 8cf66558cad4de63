public import FactoryDomain
public import FactoryLLM

extension StepFailure {
    /// A model that gave no usable answer, as the failure of a step. The codes are those of ``ModelError/Code``.
    public init(_ error: ModelError) {
        let failureClass: Class =
            switch error.code {
            case .rateLimit: .rateLimit
            case .serverError: .serverError
            case .network: .network
            case .timeout: .timeout
            case .quotaExhausted, .authentication, .modelNotFound, .contextLength, .badRequest, .protocolError,
                .denied, .notRecorded, .cancelled:
                .other
            }
        self.init(
            code: error.code.rawValue, class: failureClass, message: error.message, hint: error.hint,
            retryAfter: error.retryAfter)
    }
}
