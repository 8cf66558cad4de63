import FactoryAPI
import FactoryDomain
import FactoryJSON
import HTTPTypes
import HummingbirdCore
import NIOCore

/// What a handler answers.
struct Reply: Sendable {
    /// What follows the head.
    enum Content: Sendable {
        case none
        case bytes([UInt8], MediaKind)
        /// Bytes that are given more than once, and not copied for it.
        case kept(ByteBuffer, MediaKind)
        /// Bytes of a kind that is told by name: what people stored.
        case file([UInt8], type: String)
        /// Bytes of a file of so many, written piece by piece.
        case largeFile(bytes: Int, @Sendable (inout any ResponseBodyWriter) async throws -> Void)
        /// Written piece by piece while there is something to write.
        case stream(MediaKind, @Sendable (inout any ResponseBodyWriter) async throws -> Void)
    }

    var status: Int
    var headers: [(name: String, value: String)]
    var content: Content

    /// A value as JSON.
    static func json(
        _ value: JSON, status: Int = 200, headers: [(name: String, value: String)] = []
    ) -> Reply {
        Reply(status: status, headers: headers, content: .bytes(value.serializedBytes(), .json))
    }

    /// Nothing but a head.
    static func empty(status: Int = 204, headers: [(name: String, value: String)] = []) -> Reply {
        Reply(status: status, headers: headers, content: .none)
    }

    /// The answer to a request that was not done.
    static func problem(_ problem: APIProblem, instance: String, requestID: String) -> Reply {
        Reply(
            status: problem.code.status, headers: problem.headers,
            content: .bytes(problem.json(instance: instance, requestID: requestID).serializedBytes(), .problem))
    }
}

extension Reply {
    /// The reply as it is sent, with what belongs to every answer. A `HEAD` request gets the head alone.
    func response(requestID: String, isHead: Bool, isSecure: Bool, at now: Timestamp) -> Response {
        var fields = Self.standing
        if let name = HeaderName.requestID { fields[name] = requestID }
        fields[.date] = HTTPDate(moment: now).description
        // A year: who was here once by TLS is not led back to plain HTTP.
        if isSecure { fields[.strictTransportSecurity] = "max-age=31536000" }
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        let body: ResponseBody
        switch content {
        case .none: body = ResponseBody()
        case .bytes(let bytes, let kind):
            fields[.contentType] = kind.rawValue
            body = ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        case .kept(let bytes, let kind):
            fields[.contentType] = kind.rawValue
            body = ResponseBody(byteBuffer: bytes)
        case .file(let bytes, let type):
            fields[.contentType] = type
            body = ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        case .largeFile(let bytes, let write):
            fields[.contentType] = MediaKind.bytes.rawValue
            body = ResponseBody(contentLength: bytes, write)
        case .stream(let kind, let write):
            fields[.contentType] = kind.rawValue
            body = ResponseBody(write)
        }
        let response = Response(status: HTTPResponse.Status(code: status), headers: fields, body: body)
        return isHead ? response.createHeadResponse() : response
    }

    /// Nothing is kept by caches, guessed at, framed or run.
    private static let standing = HTTPFields(
        [
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
        ].compactMap { name, value in HTTPField.Name(name).map { HTTPField(name: $0, value: value) } })
}
