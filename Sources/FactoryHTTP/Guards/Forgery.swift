import FactoryAPI
import FactoryAccess
import HTTPTypes

/// What keeps pages of others from using a person's session.
enum Forgery {
    /// Refuses a request that changes something by a session and does not show that it comes from a page of this server.
    static func check(
        _ head: HTTPRequest, _ principal: Principal?, _ credentials: Credentials, _ peer: Peer
    ) throws(APIProblem) {
        guard head.method != .get, head.method != .head, case .session? = principal?.credential,
            let token = credentials.session
        else { return }
        if let origin = head.headerFields[.origin] {
            let own = "\(peer.isSecure ? "https" : "http")://\(head.authority ?? "")"
            guard origin.lowercased() == own.lowercased() else {
                throw APIProblem(.originNotAllowed, "this request comes from another page than one of this server")
            }
        } else {
            guard HeaderName.fetchSite.flatMap({ head.headerFields[$0] }) == "same-origin" else {
                throw APIProblem(
                    .originNotAllowed, "a request by a session that changes something needs Origin",
                    hint: "programs use an access key, which needs none")
            }
        }
        guard let given = HeaderName.forgeryToken.flatMap({ head.headerFields[$0] }),
            SessionPolicy.isForgeryToken(given, of: token)
        else {
            throw APIProblem(
                .forgeryTokenMissing, "a request by a session that changes something needs its X-CSRF-Token",
                hint: "GET /api/v1/session answers with it as `csrf_token`")
        }
    }
}
