import FactoryAPI
import FactoryAccess
import HTTPTypes

extension Credentials {
    /// What the head of a request shows. Of two credentials it could not be told which one counts.
    init(_ head: HTTPRequest, _ target: RequestTarget, _ peer: Peer) throws(APIProblem) {
        if let name = target.query.first(where: { AccessKeyText.looksLikeKey($0.value) })?.name {
            throw APIProblem(
                .unauthorized, "an access key stands in the query parameter \(name.prefix(80)), and is not taken there",
                hint:
                    "addresses are written to logs and histories on their way: revoke this key, make another and send "
                    + "it as `Authorization: Bearer cf_…`",
                headers: [Self.challenge])
        }
        let parts = (head.headerFields[.authorization] ?? "").split(separator: " ", maxSplits: 1)
        let bearer = parts.count == 2 && parts[0].lowercased() == "bearer" ? parts[1].trimmingBlanks() : nil
        let session = peer.cookieName.flatMap { Self.cookie($0, in: head) }
        guard bearer == nil || session == nil else {
            throw APIProblem(.credentialsMixed, "the request carries an access key and the cookie of a session")
        }
        self.init(bearer: bearer, session: session)
    }

    /// What a client is told that shows nothing.
    static var challenge: (name: String, value: String) {
        (name: "WWW-Authenticate", value: "Bearer realm=\"code-factory\"")
    }

    private static func cookie(_ name: String, in head: HTTPRequest) -> String? {
        for field in head.headerFields where field.name == .cookie {
            for pair in field.value.split(separator: ";") {
                let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if sides.count == 2, sides[0].trimmingBlanks() == name { return sides[1].trimmingBlanks() }
            }
        }
        return nil
    }
}
