import FactoryAPI
import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryTriggers
import HTTPTypes

extension API {
    func listDeliveries(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let trigger = try await trigger(request)
        let limit = try request.limit()
        var before: ID<DeliveryRecord>?
        if let cursor = request.query("cursor") {
            before = Cursor.value(cursor)?["before"]?.stringValue.flatMap(ID.init(parsing:))
            guard before != nil else { throw .invalid(parameter: "cursor", "is none that this list gave") }
        }
        let start = before
        var found = try await stored { () throws(StoreError) in
            try await services.triggers.deliveries(of: trigger.id, before: start, limit: limit + 1)
        }
        let hasMore = found.count > limit
        if hasMore { found.removeLast() }
        let next = hasMore ? found.last.map { Cursor.text(["before": .string($0.id.rawValue)]) } : nil
        let isOwn = trigger.owner == request.owner
        return .json([
            "items": .array(found.map { DeliveryView(delivery: $0, showsContent: isOwn).json(withBody: false) }),
            "next_cursor": next.map(JSON.string) ?? .null,
        ])
    }

    func getDelivery(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let trigger = try await trigger(request)
        let delivery = try await delivery(request, of: trigger)
        let isOwn = trigger.owner == request.owner
        return .json(DeliveryView(delivery: delivery, showsContent: isOwn).json(withBody: true))
    }

    func redeliver(_ request: APIRequest) async throws(APIProblem) -> Reply {
        _ = try request.members(known: [])
        let trigger = try await trigger(request)
        try Self.requireOwn(trigger, request)
        let old = try await delivery(request, of: trigger)
        let new = try await triggers { triggers throws(TriggerError) in try await triggers.redeliver(old, of: trigger) }
        return .json(DeliveryView(delivery: new, showsContent: true).json(withBody: true), status: 202)
    }

    private func delivery(_ request: APIRequest, of trigger: TriggerRecord) async throws(APIProblem) -> DeliveryRecord {
        let id = try request.identity(DeliveryRecord.self, named: "delivery_id")
        return try await stored { () throws(StoreError) in
            try await services.triggers.delivery(id, of: trigger.id)
        }
    }

    /// Takes the call of another system. What it is told is whether it was let in, and nothing of what came of it.
    func receiveHook(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let call = WebhookCall(
            headers: request.headers.map { ($0.name.rawName, $0.value) }, body: request.body)
        let answer = try await triggers { triggers throws(TriggerError) in
            try await triggers.receive(call, at: request.parameter("token"))
        }
        switch answer {
        case .accepted(let id): return .json(["delivery": .string(id.rawValue)], status: 202)
        case .unknown: throw APIProblem(.notFound, "nothing is served at this path")
        case .refused:
            throw APIProblem(
                .signatureRefused, "the call does not prove where it comes from",
                hint: "whoever made the webhook sees the reason among its deliveries")
        case .tooMany(let seconds):
            throw APIProblem(
                .tooManyRequests, "this webhook is called too often",
                headers: [(name: "Retry-After", value: String(seconds))])
        }
    }
}
