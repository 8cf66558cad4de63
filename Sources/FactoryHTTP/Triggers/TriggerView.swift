import FactoryAPI
import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryTriggers

/// A trigger as the API shows it.
struct TriggerView {
    let trigger: TriggerRecord
    /// What is told only once.
    let made: Triggers.Made?

    init(_ trigger: TriggerRecord, _ made: Triggers.Made? = nil) {
        self.trigger = trigger
        self.made = made
    }

    var json: JSON {
        let path = "/api/v1/pipelines/\(trigger.pipeline)/triggers/\(trigger.id)"
        var json: JSONObject = [
            "id": .string(trigger.id.rawValue), "pipeline": .string(trigger.pipeline.rawValue),
            "owner": .string(trigger.owner), "kind": .string(trigger.kind.rawValue),
            "name": trigger.name.map(JSON.string) ?? .null, "enabled": .bool(trigger.isEnabled),
        ]
        for (name, value) in trigger.settings.objectValue ?? [:] { json[name] = value }
        if trigger.kind == .schedule {
            json["next_fire_at"] = trigger.nextFireAt.map { .string($0.description) } ?? .null
        }
        json["revision"] = .int(trigger.revision)
        json["created_at"] = .string(trigger.createdAt.description)
        json["updated_at"] = .string(trigger.updatedAt.description)
        if let token = made?.token { json["path"] = .string("/hooks/\(token)") }
        if let secret = made?.secret { json["secret"] = .string(secret) }
        json["links"] = ["self": .string(path), "deliveries": .string("\(path)/deliveries")]
        return .object(json)
    }

    static func tags(of trigger: TriggerRecord) -> [(name: String, value: String)] {
        [(name: "ETag", value: EntityTag(revision: trigger.revision).description)]
    }
}

/// A delivery as the API shows it.
struct DeliveryView {
    let delivery: DeliveryRecord
    /// Whether the caller may see what the sender sent.
    let showsContent: Bool

    /// - Parameter withBody: in a list it is left out.
    func json(withBody: Bool) -> JSON {
        var json: JSONObject = [
            "id": .string(delivery.id.rawValue), "trigger": .string(delivery.trigger.rawValue),
            "status": .string(delivery.status.rawValue), "reason": delivery.reason.map(JSON.string) ?? .null,
            "received_at": .string(delivery.receivedAt.description),
            "due_at": delivery.dueAt.map { .string($0.description) } ?? .null,
            "event": delivery.event.map(JSON.string) ?? .null,
            "run": delivery.status == .started ? delivery.run.map { .string($0.rawValue) } ?? .null : .null,
            "body_bytes": delivery.bodyBytes.map { .int(Int64($0)) } ?? .null,
        ]
        guard showsContent else { return .object(json) }
        json["headers"] = delivery.headers ?? .null
        if withBody { json["body"] = delivery.body.map(JSON.string) ?? .null }
        return .object(json)
    }
}
