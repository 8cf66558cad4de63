/// Why a request could not be made, or its answer not be used.
public struct EgressError: Error, Sendable, Hashable {
    /// What kind of failure it is.
    public enum Code: String, Sendable, CaseIterable {
        /// The address is not open to this server. Says the same whatever lies behind it.
        case denied = "egress_denied"
        /// The other side could not be reached, or broke off.
        case network = "network_error"
        /// A limit of ``EgressLimits`` on time passed, or connecting took too long.
        case timeout
        /// The request itself is wrong.
        case invalidRequest = "invalid_request"
        /// The answer is larger than the limits allow, or unfolds to more than a hundred times its size.
        case tooLarge = "response_too_large"
        /// The answer redirects to where it is not followed.
        case redirect = "redirect_refused"
        /// The task that asked was cancelled.
        case cancelled
    }

    /// The kind.
    public let code: Code
    /// One sentence that says what happened. Never holds header values, bodies or queries.
    public let message: String
    /// What to do about it.
    public let hint: String?

    init(_ code: Code, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// An error in the request for a URL that is none.
    public init(_ problem: URLProblem) {
        self.init(.invalidRequest, "The URL cannot be used: \(problem.message).", hint: problem.hint)
    }

    static func denied(_ url: OutboundURL) -> EgressError {
        let endpoint = "\(url.host):\(url.port)"
        return EgressError(
            .denied, "Requests to \(endpoint) are not allowed from this server.",
            hint: "If you run this server and trust that address, allow it with --allow-host \(endpoint).")
    }
}
