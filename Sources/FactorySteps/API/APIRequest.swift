import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryNetwork
import FactorySecrets

/// The request that a step's rendered `with` describes.
struct APIRequest {
    private let with: JSON
    private let secrets: SecretVault
    private let stepRun: ID<StepRun>
    private let timeout: Duration

    init(_ work: StepWork) {
        with = work.with
        secrets = work.secrets
        stepRun = work.stepRun
        timeout = work.step.timeout
    }

    /// - Throws: `invalid_field` for what a rendered template made of a field.
    func outbound() throws(StepFailure) -> OutboundRequest {
        guard let method = OutboundRequest.Method(rawValue: with["method"]?.stringValue ?? "GET") else {
            throw Self.invalid("method", "is none of GET HEAD POST PUT PATCH DELETE OPTIONS")
        }
        let url = try url()
        let target = Target(url, secrets)
        var request = OutboundRequest(method, url.addingQuery(try query(target)))
        request.limits = try limits()
        request.maxRedirects = with["follow_redirects"]?.boolValue == true ? OutboundRequest.redirectLimit : 0
        for (name, value) in with["headers"]?.objectValue ?? [:] where !value.isNull {
            let text = try Self.text(value, "headers.\(name)")
            request.headers.append(name: name, value: try target.reveal(text))
            if secrets.holdsMark(text) { request.secretHeaders.insert(name) }
        }
        try addBody(to: &request, target)
        try addAuth(to: &request, target)
        let key = try with["idempotency_key"].map { json throws(StepFailure) in try Self.text(json, "idempotency_key") }
        if request.headers["Idempotency-Key"] == nil, key != nil || !method.isSafe {
            request.headers["Idempotency-Key"] = key ?? stepRun.rawValue
        }
        return request
    }

    private func url() throws(StepFailure) -> OutboundURL {
        let text = try Self.text(with["url"] ?? .null, "url")
        guard !secrets.holdsMark(text) else {
            throw Self.invalid("url", "holds a secret; put it under query, headers or auth")
        }
        do { return try OutboundURL(parsing: text) } catch { throw StepFailure(EgressError(error)) }
    }

    private func query(_ target: Target) throws(StepFailure) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        for (name, value) in with["query"]?.objectValue ?? [:] {
            for element in value.arrayValue ?? [value] where !element.isNull {
                fields.append((name, try target.reveal(Self.text(element, "query.\(name)"))))
            }
        }
        if let apiKey = with["auth"]?["api_key"], let name = apiKey["query"]?.stringValue {
            fields.append((name, try target.reveal(Self.text(apiKey["value"] ?? .null, "auth.api_key.value"))))
        }
        return fields
    }

    private func addBody(to request: inout OutboundRequest, _ target: Target) throws(StepFailure) {
        let type: String
        if let json = with["json"] {
            request.body = try target.reveal(json).serializedBytes()
            request.hasSecretBody = secrets.holdsMark(json.serialized())
            type = "application/json"
        } else if let form = with["form"]?.objectValue {
            var pairs: [String] = []
            for (name, value) in form where !value.isNull {
                let text = try Self.text(value, "form.\(name)")
                request.hasSecretBody = request.hasSecretBody || secrets.holdsMark(text)
                let encoded = OutboundURL.encodedQueryPart(try target.reveal(text))
                pairs.append("\(OutboundURL.encodedQueryPart(name))=\(encoded)")
            }
            request.body = Array(pairs.joined(separator: "&").utf8)
            type = "application/x-www-form-urlencoded"
        } else if let text = with["text"] {
            let text = try Self.text(text, "text")
            request.body = Array(try target.reveal(text).utf8)
            request.hasSecretBody = secrets.holdsMark(text)
            type = "text/plain; charset=utf-8"
        } else {
            return
        }
        if request.headers["Content-Type"] == nil { request.headers["Content-Type"] = type }
    }

    private func addAuth(to request: inout OutboundRequest, _ target: Target) throws(StepFailure) {
        guard let auth = with["auth"], !auth.isNull else { return }
        if let token = auth["bearer"] {
            request.headers["Authorization"] = "Bearer \(try target.reveal(Self.text(token, "auth.bearer")))"
        } else if let basic = auth["basic"] {
            let user = try target.reveal(Self.text(basic["username"] ?? .null, "auth.basic.username"))
            let password = try target.reveal(Self.text(basic["password"] ?? .null, "auth.basic.password"))
            guard !user.contains(":") else { throw Self.invalid("auth.basic.username", "must not hold a colon") }
            request.headers["Authorization"] = "Basic \(Base64.encode(Array("\(user):\(password)".utf8)))"
        } else if let apiKey = auth["api_key"], let header = apiKey["header"]?.stringValue {
            request.headers[header] = try target.reveal(Self.text(apiKey["value"] ?? .null, "auth.api_key.value"))
            request.secretHeaders.insert(header)
        }
    }

    /// Puts values in the place of marks, for one destination alone.
    private struct Target {
        private let destination: SecretDestination
        private let secrets: SecretVault

        init(_ url: OutboundURL, _ secrets: SecretVault) {
            destination = SecretDestination(host: "\(url.host)", port: url.port)
            self.secrets = secrets
        }

        func reveal(_ text: String) throws(StepFailure) -> String {
            do throws(SecretRefusal) { return try secrets.reveal(text, for: destination) } catch {
                throw StepFailure(error)
            }
        }

        func reveal(_ json: JSON) throws(StepFailure) -> JSON {
            do throws(SecretRefusal) { return try secrets.reveal(json, for: destination) } catch {
                throw StepFailure(error)
            }
        }
    }

    /// An answer is held in memory whole, so documents are refused that ask for more than 100 MiB.
    ///
    /// A step that asks for more than the default time asks for patience all through.
    private func limits() throws(StepFailure) -> EgressLimits {
        var limits = EgressLimits.standard
        if timeout > limits.total {
            limits.firstByte = timeout
            limits.idle = timeout
        }
        limits.total = timeout
        switch with["max_bytes"] {
        case nil, .null: break
        case .int(let bytes) where bytes > 0: limits.responseBytes = Int(bytes)
        case .string(let text):
            guard let bytes = ByteSize.bytes(in: text) else { throw Self.invalid("max_bytes", "is no size") }
            limits.responseBytes = Int(bytes)
        default: throw Self.invalid("max_bytes", "is no size")
        }
        return limits
    }

    private static func text(_ json: JSON, _ field: String) throws(StepFailure) -> String {
        switch json {
        case .string(let text): return text
        case .bool, .int, .double: return json.serialized()
        case .null, .array, .object: throw invalid(field, "takes text, a number or a bool, not \(json.kindName)")
        }
    }

    private static func invalid(_ field: String, _ problem: String) -> StepFailure {
        StepFailure(code: "invalid_field", message: "with.\(field) \(problem)")
    }
}
