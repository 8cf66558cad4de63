public import FactoryJSON
public import FactoryNetwork

/// Speaks with a server through its HTTP API, as any other program would.
public struct FactoryClient: Sendable {
    /// What a request carries.
    public enum Body: Sendable {
        /// JSON.
        case json(JSON)
        /// Text of another kind, such as a document in YAML.
        case bytes([UInt8], type: String)
    }

    /// Where the server answers, without a path.
    public let server: OutboundURL
    private let key: String?
    private let egress: Egress

    /// A client of the server at `address`.
    ///
    /// - Parameters:
    ///   - address: scheme, host and port, for example `http://127.0.0.1:7070`.
    ///   - key: the access key; nil for what anyone may ask.
    /// - Throws: ``ClientError/unusable(_:hint:)`` for an address that is none.
    public init(_ address: String, key: String?) throws(ClientError) {
        do throws(URLProblem) {
            server = try OutboundURL(parsing: address)
        } catch { throw .unusable("the server address \(address): \(error.message)", hint: error.hint) }
        guard server.target == "/" else {
            throw .unusable("the server address \(address) has a path", hint: "give scheme, host and port alone")
        }
        self.key = key
        do throws(EgressError) {
            // The person who names the server is the one who decides that it may be reached.
            egress = try Egress(policy: EgressPolicy(allowed: [AllowEntry(endpointOf: server)]))
        } catch { throw ClientError(error) }
    }

    /// Ends connections; nothing can be sent after.
    public func shutdown() async { await egress.shutdown() }

    /// Sends one request and gives back the answer of a status below 400.
    ///
    /// - Parameters:
    ///   - path: below the server's root, components percent-encoded (see ``component(_:)``).
    ///   - query: names and values, encoded here; those without a value are left out.
    ///   - headers: beside `Authorization` and `Content-Type`.
    ///   - seconds: the longest time to wait for the answer.
    public func send(
        _ method: OutboundRequest.Method, _ path: String, query: [(String, String?)] = [], body: Body? = nil,
        headers: [(String, String)] = [], seconds: Int = 60
    ) async throws(ClientError) -> ClientAnswer {
        let limits = EgressLimits(
            firstByte: .seconds(seconds), total: .seconds(seconds * 10), idle: .seconds(seconds),
            responseBytes: 256 << 20, requestBytes: 256 << 20)
        let request = try request(method, path, query, body, headers, limits)
        let response: InboundResponse
        do throws(EgressError) { response = try await egress.send(request) } catch { throw ClientError(error) }
        let answer = ClientAnswer(status: response.status, headers: response.headers, body: response.body)
        guard response.status < 400 else { throw ClientError(answer) }
        return answer
    }

    /// Reads a stream of server-sent events until it ends or `receive` has enough.
    ///
    /// - Parameter after: the id of the last event that was received before; nil from the beginning.
    public func events(
        _ path: String, after: String? = nil,
        receive: @escaping @Sendable (ServerEvent) async -> StreamDemand
    ) async throws(ClientError) {
        var headers = [("Accept", "text/event-stream")]
        if let after { headers.append(("Last-Event-ID", after)) }
        // Between two signs of life of the server lie 15 seconds; the stream itself may go on for days.
        let limits = EgressLimits(
            total: .seconds(30 * 86_400), idle: .seconds(60), responseBytes: .max, requestBytes: 0)
        let request = try request(.get, path, [], nil, headers, limits)
        let reader = EventReaderBox()
        let head: ResponseHead
        do throws(EgressError) {
            head = try await egress.stream(request) { head, bytes in
                guard head.status == 200 else { return reader.keep(bytes) }
                for event in reader.events(in: bytes) {
                    guard case .more = await receive(event) else { return .enough }
                }
                return .more
            }
        } catch { throw ClientError(error) }
        guard head.status == 200 else {
            throw ClientError(ClientAnswer(status: head.status, headers: head.headers, body: reader.kept))
        }
    }

    /// `text` as one component of a path.
    public static func component(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += "%" + (digits.count == 1 ? "0" + digits : digits)
            }
        }
        return encoded
    }

    private func request(
        _ method: OutboundRequest.Method, _ path: String, _ query: [(String, String?)], _ body: Body?,
        _ headers: [(String, String)], _ limits: EgressLimits
    ) throws(ClientError) -> OutboundRequest {
        let parameters = query.compactMap { name, value in value.map { "\(name)=\(Self.component($0))" } }
        let text =
            "\(server.scheme)://\(server.authority)\(path)"
            + (parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&"))
        let url: OutboundURL
        do throws(URLProblem) { url = try OutboundURL(parsing: text) } catch {
            throw .unusable("the request cannot be made: \(error.message)", hint: error.hint)
        }
        var fields = HeaderFields(headers)
        if let key { fields["Authorization"] = "Bearer \(key)" }
        var bytes: [UInt8]?
        switch body {
        case .json(let value):
            fields["Content-Type"] = "application/json"
            bytes = value.serializedBytes()
        case .bytes(let content, let type):
            fields["Content-Type"] = type
            bytes = content
        case nil: break
        }
        return OutboundRequest(method, url, headers: fields, body: bytes, limits: limits)
    }
}
