import FactoryAPI
import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryTriggers

extension API {
    func listWebhooks(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let webhooks = try await outbox { outbox throws(TriggerError) in try await outbox.list(of: request.owner) }
        return .json(["items": .array(webhooks.map { WebhookView($0).json }), "next_cursor": nil])
    }

    func createWebhook(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: nil)
        try await requireSight(of: members["pipeline"], request)
        let made = try await outbox { outbox throws(TriggerError) in
            try await outbox.create(members, for: request.owner)
        }
        let location = (name: "Location", value: "/api/v1/webhooks/\(made.webhook.id)")
        return .json(
            WebhookView(made.webhook, secret: made.secret).json, status: 201,
            headers: WebhookView.tags(of: made.webhook) + [location])
    }

    func getWebhook(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let webhook = try await webhook(request)
        return .json(WebhookView(webhook).json, headers: WebhookView.tags(of: webhook))
    }

    func changeWebhook(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: nil)
        let webhook = try await webhook(request)
        try Self.check(request, webhook)
        try await requireSight(of: members["pipeline"], request)
        let made = try await outbox { outbox throws(TriggerError) in try await outbox.change(webhook, members) }
        return .json(
            WebhookView(made.webhook, secret: made.secret).json, headers: WebhookView.tags(of: made.webhook))
    }

    func removeWebhook(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let webhook = try await webhook(request)
        try Self.check(request, webhook)
        try await outbox { outbox throws(TriggerError) in try await outbox.remove(webhook) }
        return .empty()
    }

    func listMessages(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let webhook = try await webhook(request)
        let limit = try request.limit()
        var before: ID<OutgoingMessage>?
        if let cursor = request.query("cursor") {
            before = Cursor.value(cursor)?["before"]?.stringValue.flatMap(ID.init(parsing:))
            guard before != nil else { throw .invalid(parameter: "cursor", "is none that this list gave") }
        }
        let start = before
        var found = try await outbox { outbox throws(TriggerError) in
            try await outbox.messages(of: webhook, before: start, limit: limit + 1)
        }
        let hasMore = found.count > limit
        if hasMore { found.removeLast() }
        let next = hasMore ? found.last.map { Cursor.text(["before": .string($0.id.rawValue)]) } : nil
        return .json([
            "items": .array(found.map(WebhookView.json)), "next_cursor": next.map(JSON.string) ?? .null,
        ])
    }

    func resendMessage(_ request: APIRequest) async throws(APIProblem) -> Reply {
        _ = try request.members(known: [])
        let webhook = try await webhook(request)
        let id = try request.identity(OutgoingMessage.self, named: "message_id")
        let message = try await outbox { outbox throws(TriggerError) in try await outbox.resend(id, of: webhook) }
        return .json(WebhookView.json(message), status: 202)
    }

    private func webhook(_ request: APIRequest) async throws(APIProblem) -> OutgoingWebhook {
        let id = try request.identity(OutgoingWebhook.self)
        return try await outbox { outbox throws(TriggerError) in try await outbox.webhook(id, of: request.owner) }
    }

    /// Refuses the id of a pipeline that the caller may not see.
    func requireSight(of pipeline: JSON?, _ request: APIRequest) async throws(APIProblem) {
        guard let id = pipeline?.stringValue else { return }
        _ = try await authorise(.pipeline(.viewer, .read), for: request.principal, ["id": id])
    }

    private func outbox<Value: Sendable>(
        _ body: (Outbox) async throws(TriggerError) -> Value
    ) async throws(APIProblem) -> Value {
        do throws(TriggerError) { return try await body(services.outbox) } catch { throw APIProblem(error) }
    }

    private static func check(_ request: APIRequest, _ webhook: OutgoingWebhook) throws(APIProblem) {
        guard let match = request.match(), !match.matches(EntityTag(revision: webhook.revision)) else { return }
        throw APIProblem(
            .preconditionFailed, "the webhook was changed meanwhile; it has revision \(webhook.revision) now",
            members: ["current": WebhookView(webhook).json], headers: WebhookView.tags(of: webhook))
    }
}
