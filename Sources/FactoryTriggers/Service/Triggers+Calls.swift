public import FactoryDomain
import FactoryJSON
public import FactoryStore

extension Triggers {
    /// What a call is answered.
    public enum Answer: Sendable, Hashable {
        /// It was written down under this id; the same call again is the same delivery.
        case accepted(ID<DeliveryRecord>)
        /// No webhook has this address, or it is switched off.
        case unknown
        /// It did not prove where it comes from.
        case refused
        /// There were too many; after how many seconds the next is let in.
        case tooMany(retryAfterSeconds: Int)
    }

    /// Headers that hold or prove a secret: they are neither kept nor shown to expressions.
    private static let secretHeaders: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "x-gitlab-token", "x-hub-signature", "x-hub-signature-256",
        "x-factory-signature", "webhook-signature", "x-api-key", "api-key", "x-auth-token", "private-token",
    ]
    /// Longest value of a header that is kept, in bytes.
    private static let headerBytes = 1_024

    /// Takes a call to the address with `token`.
    public func receive(_ call: WebhookCall, at token: String) async throws(TriggerError) -> Answer {
        let digest = Self.digest(ofToken: token)
        let found = try await stored { store throws(StoreError) in try await store.trigger(addressDigest: digest) }
        guard let trigger = found, trigger.isEnabled else { return .unknown }
        let now = parts.now()
        if let seconds = limit.take(trigger.id.rawValue, at: now) { return .tooMany(retryAfterSeconds: seconds) }
        guard let settings = try? WebhookSettings(trigger.settings.objectValue ?? [:]) else { return .unknown }
        let secret: String?
        switch (settings.isSigned, trigger.sealedSecret) {
        case (true, let sealed?): secret = try parts.keys.open(sealed, of: trigger.id.rawValue)
        case (true, nil): return .refused
        case (false, _): secret = nil
        }
        var delivery = DeliveryRecord(
            id: parts.ids.make(), trigger: trigger.id, occasion: "", receivedAt: now, headers: Self.headers(of: call),
            bodyBytes: call.body.count)
        delivery.occasion = delivery.id.rawValue
        do throws(WebhookVerification.Refusal) {
            let proof = try WebhookVerification(settings.preset, secret: secret).verify(call, at: now)
            delivery.occasion = proof.id.map { "sent \($0.prefix(200))" } ?? delivery.occasion
            delivery.event = proof.event.map { String($0.prefix(200)) }
        } catch {
            (delivery.status, delivery.reason) = (.refused, error.reason)
            let refused = delivery
            _ = try await stored { store throws(StoreError) in try await store.take(refused) }
            return .refused
        }
        delivery.body = String(validating: call.body, as: UTF8.self)
        delivery.run = parts.ids.make()
        return .accepted(try await take(delivery))
    }

    /// Does a delivery once more, with the headers and the body that were kept, as a new one.
    ///
    /// - Throws: ``TriggerError/conflict(_:)`` where there is nothing to be done again.
    public func redeliver(_ old: DeliveryRecord, of trigger: TriggerRecord) async throws(TriggerError) -> DeliveryRecord
    {
        guard old.status != .refused else {
            throw .conflict("it did not prove where it came from; let its sender send it again")
        }
        guard old.status != .pending else { throw .conflict("it has not been dealt with yet") }
        if trigger.kind == .webhook, old.body == nil {
            throw .conflict("its body is not kept any more; let its sender send it again")
        }
        if trigger.kind == .schedule, old.run == nil { throw .conflict("it stands for fires that were left out") }
        var delivery = old
        delivery.id = parts.ids.make()
        delivery.occasion = "\(delivery.id) again \(old.id)"
        delivery.receivedAt = parts.now()
        (delivery.status, delivery.reason, delivery.run) = (.pending, nil, parts.ids.make())
        let id = try await take(delivery)
        return try await stored { store throws(StoreError) in try await store.delivery(id, of: trigger.id) }
    }

    /// Writes a delivery down and does it, unless it is known.
    private func take(_ delivery: DeliveryRecord) async throws(TriggerError) -> ID<DeliveryRecord> {
        if let known = try await stored({ store throws(StoreError) in try await store.take(delivery) }) {
            return known.id
        }
        do throws(StoreError) {
            if try await !finisher.finish(delivery) { bell.yield(.pending) }
        } catch {
            // It is written down: it will be done.
            parts.warn("\(delivery.id) waits, because \(error)")
            bell.yield(.pending)
        }
        return delivery.id
    }

    private static func headers(of call: WebhookCall) -> JSON {
        var headers: JSONObject = [:]
        for (name, value) in call.headers.prefix(100) where !secretHeaders.contains(name) {
            let kept = JSON.string(String(decoding: value.utf8.prefix(headerBytes), as: UTF8.self))
            headers[name] = headers[name].map { .string("\($0.stringValue ?? ""), \(kept.stringValue ?? "")") } ?? kept
        }
        return .object(headers)
    }
}
