import Crypto
public import FactoryDomain

/// Tells whether a call comes from who knows the key.
public struct WebhookVerification: Sendable {
    /// How far the clocks of sender and server may be apart, and how long a signature is valid: five minutes.
    public static let tolerance = Duration.seconds(300)

    /// A call that proved where it comes from.
    public struct Proof: Sendable, Hashable {
        /// What the sender calls this call, each time it sends it; nil where it does not say.
        public var id: String?
        /// What the sender calls what happened.
        public var event: String?
    }

    /// Why a call is refused, safe to show to the owner of the trigger.
    public struct Refusal: Error, Sendable, Hashable {
        /// What is missing or wrong.
        public var reason: String
    }

    private let preset: WebhookPreset
    private let secret: String?

    /// - Parameter secret: the key; nil where the address alone is the proof.
    public init(_ preset: WebhookPreset, secret: String?) {
        self.preset = preset
        self.secret = secret
    }

    /// What `call` proves at `now`.
    public func verify(_ call: WebhookCall, at now: Timestamp) throws(Refusal) -> Proof {
        guard let secret else {
            return Proof(id: call.header("x-factory-delivery"), event: call.header("x-factory-event"))
        }
        switch preset {
        case .generic: return try generic(call, secret, now)
        case .github: return try github(call, secret)
        case .gitlab: return try gitlab(call, secret, now)
        case .standard: return try standard(call, secret, now, event: nil)
        }
    }

    private func generic(_ call: WebhookCall, _ secret: String, _ now: Timestamp) throws(Refusal) -> Proof {
        let timestamp = try self.timestamp(call, "x-factory-timestamp", now)
        let shown = try text(call, "x-factory-signature")
        guard let signature = Self.hexSignature(shown),
            Self.isValid(signature, of: [Array("\(timestamp).".utf8), call.body], key: Array(secret.utf8))
        else { throw Refusal(reason: "X-Factory-Signature does not fit the body and the key") }
        // The signature holds the moment and the body: the same again is the same call.
        return Proof(id: call.header("x-factory-delivery") ?? shown, event: call.header("x-factory-event"))
    }

    private func github(_ call: WebhookCall, _ secret: String) throws(Refusal) -> Proof {
        guard let signature = Self.hexSignature(try text(call, "x-hub-signature-256")),
            Self.isValid(signature, of: [call.body], key: Array(secret.utf8))
        else { throw Refusal(reason: "X-Hub-Signature-256 does not fit the body and the key") }
        return Proof(id: try text(call, "x-github-delivery"), event: call.header("x-github-event"))
    }

    private func gitlab(_ call: WebhookCall, _ secret: String, _ now: Timestamp) throws(Refusal) -> Proof {
        let event = call.header("x-gitlab-event")
        if call.header("webhook-signature") != nil { return try standard(call, secret, now, event: event) }
        guard Self.isEqual(Array(try text(call, "x-gitlab-token").utf8), Array(secret.utf8)) else {
            throw Refusal(reason: "X-Gitlab-Token is another")
        }
        return Proof(id: call.header("idempotency-key") ?? call.header("x-gitlab-event-uuid"), event: event)
    }

    /// Source: the specification of Standard Webhooks, version 1: HMAC-SHA256 over `id.timestamp.body`, in base64, by
    /// a key whose text is `whsec_` and base64; several signatures stand apart by blanks.
    private func standard(
        _ call: WebhookCall, _ secret: String, _ now: Timestamp, event: String?
    ) throws(Refusal) -> Proof {
        let id = try text(call, "webhook-id")
        let timestamp = try self.timestamp(call, "webhook-timestamp", now)
        let signed = [Array("\(id).\(timestamp).".utf8), call.body]
        let key = StandardKey.bytes(of: secret)
        let isValid = try text(call, "webhook-signature").split(separator: " ").contains { part in
            let sides = part.split(separator: ",", maxSplits: 1)
            guard sides.count == 2, sides[0] == "v1", let signature = Base64.bytes(of: sides[1]) else { return false }
            return Self.isValid(signature, of: signed, key: key)
        }
        guard isValid else { throw Refusal(reason: "webhook-signature does not fit the call and the key") }
        return Proof(id: id, event: event)
    }

    private func text(_ call: WebhookCall, _ name: String) throws(Refusal) -> String {
        guard let value = call.header(name), !value.isEmpty, value.utf8.count <= 1_024 else {
            throw Refusal(reason: "the header \(name) is missing, comes twice or is too long")
        }
        return value
    }

    /// The seconds as they were written: the signature is over them.
    private func timestamp(_ call: WebhookCall, _ name: String, _ now: Timestamp) throws(Refusal) -> String {
        let text = try text(call, name)
        guard text.utf8.count <= 12, text.utf8.allSatisfy({ (48...57).contains($0) }), let seconds = Int64(text) else {
            throw Refusal(reason: "\(name) is no number of seconds since 1970")
        }
        let distance = abs(now.milliseconds - seconds * 1_000)
        guard distance <= Self.tolerance.wholeMilliseconds else {
            throw Refusal(
                reason: "\(name) is \(distance / 1_000) s from this server's clock; at most 300 s are taken")
        }
        return text
    }

    private static func hexSignature(_ text: String) -> [UInt8]? {
        text.hasPrefix("sha256=") ? Hex.bytes(of: text.dropFirst(7)) : nil
    }

    private static func isValid(_ signature: [UInt8], of parts: [[UInt8]], key: [UInt8]) -> Bool {
        var code = HMAC<SHA256>(key: SymmetricKey(data: key))
        for part in parts { code.update(data: part) }
        return isEqual(Array(code.finalize()), signature)
    }

    /// Compares digests with a key drawn for the occasion, so that time tells nothing of either text nor of its length.
    private static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        let key = SymmetricKey(size: .bits256)
        let code = HMAC<SHA256>.authenticationCode(for: left, using: key)
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: right, using: key)
    }
}
