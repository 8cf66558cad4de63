import FactoryAPI
import FactoryDomain
import FactoryJSON
import FactoryStore

/// An outgoing webhook as the API shows it.
struct WebhookView {
    let webhook: OutgoingWebhook
    /// The key, where it was made just now.
    let secret: String?

    init(_ webhook: OutgoingWebhook, secret: String? = nil) {
        self.webhook = webhook
        self.secret = secret
    }

    var json: JSON {
        let path = "/api/v1/webhooks/\(webhook.id)"
        var json: JSONObject = [
            "id": .string(webhook.id.rawValue), "name": webhook.name.map(JSON.string) ?? .null,
            "url": .string(webhook.url), "events": .array(webhook.events.map(JSON.string)),
            "pipeline": webhook.pipeline.map { .string($0.rawValue) } ?? .null, "enabled": .bool(webhook.isEnabled),
            "revision": .int(webhook.revision), "created_at": .string(webhook.createdAt.description),
            "updated_at": .string(webhook.updatedAt.description),
            "links": ["self": .string(path), "messages": .string("\(path)/messages")],
        ]
        if let secret { json["secret"] = .string(secret) }
        return .object(json)
    }

    static func json(_ message: OutgoingMessage) -> JSON {
        [
            "id": .string(message.id.rawValue), "webhook": .string(message.webhook.rawValue),
            "event": .string(message.event), "status": .string(message.status.rawValue),
            "tries": .int(Int64(message.tries)), "http_status": message.httpStatus.map { .int(Int64($0)) } ?? .null,
            "reason": message.reason.map(JSON.string) ?? .null, "body": .string(message.body),
            "created_at": .string(message.createdAt.description),
            "last_try_at": message.lastTryAt.map { .string($0.description) } ?? .null,
            "next_try_at": message.nextTryAt.map { .string($0.description) } ?? .null,
        ]
    }

    static func tags(of webhook: OutgoingWebhook) -> [(name: String, value: String)] {
        [(name: "ETag", value: EntityTag(revision: webhook.revision).description)]
    }
}
