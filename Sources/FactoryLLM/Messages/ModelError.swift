/// Why a model gave no usable answer.
public struct ModelError: Error, Sendable, Hashable {
    /// What kind of failure it is.
    public enum Code: String, Sendable, CaseIterable {
        /// Too many requests or tokens for now; trying later helps.
        case rateLimit = "rate_limit"
        /// The account has no credit left; trying again does not help.
        case quotaExhausted = "quota_exhausted"
        /// The key is missing, wrong, or may not use this model.
        case authentication = "authentication_failed"
        /// The provider has no such model, or no name was found for it here.
        case modelNotFound = "model_not_found"
        /// The conversation is longer than the model can take.
        case contextLength = "context_length_exceeded"
        /// The provider refuses the request as it is.
        case badRequest = "provider_rejected"
        /// The provider failed, or broke off its answer.
        case serverError = "provider_error"
        /// The provider answers in a form that is not its format.
        case protocolError = "provider_protocol"
        /// The provider could not be reached.
        case network = "network_error"
        /// The provider's address is not open to this server.
        case denied = "egress_denied"
        /// The recording that is played has no answer to what is asked.
        case notRecorded = "not_recorded"
        /// A time limit passed.
        case timeout
        /// The call was cancelled.
        case cancelled
    }

    /// The kind.
    public var code: Code
    /// One sentence that says what happened, with the provider's own words where it gave some.
    public var message: String
    /// What to do about it.
    public var hint: String?
    /// The wait the provider asked for.
    public var retryAfter: Duration?

    /// An error; `message` must not hold a key.
    public init(_ code: Code, _ message: String, hint: String? = nil, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.retryAfter = retryAfter
    }
}
