/// A request to another system.
public struct OutboundRequest: Sendable {
    /// The methods that can be sent.
    public enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
        case options = "OPTIONS"

        /// True where sending twice means the same as sending once to a correct server, without any key.
        public var isSafe: Bool { self == .get || self == .head || self == .options }
    }

    /// The method.
    public var method: Method
    /// Where it goes.
    public var url: OutboundURL
    /// Its header. `Host`, `Content-Length`, `Transfer-Encoding`, `Connection` and `Proxy-*` cannot be set.
    public var headers: HeaderFields
    /// Its body; nil for none.
    public var body: [UInt8]?
    /// Names of header fields that hold a secret. `Authorization`, `Cookie` and the usual key fields always count.
    public var secretHeaders: Set<String>
    /// True when the body holds a secret: it is then never sent on to another origin.
    public var hasSecretBody: Bool
    /// How many redirects are followed, 0–5. At 0 an answer that redirects is given back as it is.
    public var maxRedirects: Int
    /// What it may cost.
    public var limits: EgressLimits

    /// A request; nothing is checked before it is sent.
    public init(
        _ method: Method = .get, _ url: OutboundURL, headers: HeaderFields = [:], body: [UInt8]? = nil,
        secretHeaders: Set<String> = [], hasSecretBody: Bool = false, maxRedirects: Int = 0,
        limits: EgressLimits = .standard
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.secretHeaders = secretHeaders
        self.hasSecretBody = hasSecretBody
        self.maxRedirects = maxRedirects
        self.limits = limits
    }
}
