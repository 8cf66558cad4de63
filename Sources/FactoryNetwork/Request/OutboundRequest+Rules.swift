extension OutboundRequest {
    /// Most redirects that can be asked for.
    public static let redirectLimit = 5

    private static let reservedHeaders: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "te", "trailer", "expect",
    ]

    private static let alwaysSecret: Set<String> = [
        "authorization", "cookie", "proxy-authorization", "x-api-key", "api-key", "x-goog-api-key", "x-auth-token",
        "private-token",
    ]

    /// Refuses what would change the framing of the request or break its limits.
    func check() throws(EgressError) {
        for field in headers.fields { try Self.check(field) }
        let size = headers.fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        guard size <= limits.headerBytes, headers.fields.count <= limits.headerFields else {
            throw EgressError(.invalidRequest, "The request's header is too large.", hint: "Send values in the body.")
        }
        if let body, body.count > limits.requestBytes {
            throw EgressError(
                .invalidRequest, "The request's body has \(body.count) bytes; \(limits.requestBytes) are allowed.",
                hint: "Send less, or in parts.")
        }
        guard (0...Self.redirectLimit).contains(maxRedirects) else {
            throw EgressError(
                .invalidRequest, "\(maxRedirects) redirects are asked for; 0 to \(Self.redirectLimit) can be followed.")
        }
    }

    private static func check(_ field: HeaderFields.Field) throws(EgressError) {
        let name = field.name.lowercased()
        guard !reservedHeaders.contains(name), !name.hasPrefix("proxy-") else {
            throw EgressError(
                .invalidRequest, "The header field “\(field.name)” cannot be set.",
                hint: "It follows from the URL and the body.")
        }
        guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte) else {
            throw EgressError(
                .invalidRequest, "“\(field.name.prefix(60).filter { !$0.isNewline })” is not a header field name.",
                hint: "Names have letters, digits and “-”.")
        }
        let isUnsafe = field.value.unicodeScalars.contains { ($0.value < 0x20 && $0 != "\t") || $0.value == 0x7F }
        guard !isUnsafe else {
            throw EgressError(
                .invalidRequest, "The value of “\(field.name)” holds a line break or another control character.",
                hint: "Trim the value it is made of.")
        }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    /// The request that follows an answer with `status` to `location`.
    ///
    /// 303 becomes GET, 301 and 302 turn POST into GET (RFC 9110, section 15.4); 307 and 308 keep everything. On a
    /// change of origin everything that may be a credential stays behind.
    /// - Throws: for an answer that leads from https to http, or would carry a secret body to another origin.
    func following(_ status: Int, to location: OutboundURL) throws(EgressError) -> OutboundRequest {
        guard !(url.scheme == .https && location.scheme == .http) else {
            throw EgressError(
                .redirect, "\(url.authority) redirects from https to http (\(location.authority)); not followed.",
                hint: "Ask the https address of the resource directly.")
        }
        var next = self
        next.url = location
        let becomesGet = (status == 303 && method != .head) || ((status == 301 || status == 302) && method == .post)
        if becomesGet {
            next.method = .get
            next.body = nil
            next.hasSecretBody = false
            for field in headers.fields where field.name.lowercased().hasPrefix("content-") {
                next.headers[field.name] = nil
            }
        }
        guard !url.hasSameOrigin(as: location) else { return next }
        guard !(next.hasSecretBody && next.body != nil) else {
            throw EgressError(
                .redirect, "\(url.authority) redirects a body that holds a secret to \(location.authority).",
                hint: "Send it to the final address directly, if you trust it.")
        }
        let secret = Self.alwaysSecret.union(secretHeaders.map { $0.lowercased() })
        for field in headers.fields where secret.contains(field.name.lowercased()) { next.headers[field.name] = nil }
        return next
    }
}
