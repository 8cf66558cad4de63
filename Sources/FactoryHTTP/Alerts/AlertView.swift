import FactoryAPI
import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryTriggers

/// An alert as the API shows it, and what it said.
struct AlertView {
    let alert: AlertRecord

    init(_ alert: AlertRecord) { self.alert = alert }

    var json: JSON {
        var json: JSONObject = [
            "id": .string(alert.id.rawValue), "name": alert.name.map(JSON.string) ?? .null,
            "kind": .string(alert.kind.rawValue), "pipeline": alert.pipeline.map { .string($0.rawValue) } ?? .null,
            "enabled": .bool(alert.isEnabled), "revision": .int(alert.revision),
            "created_at": .string(alert.createdAt.description), "updated_at": .string(alert.updatedAt.description),
            "links": ["self": .string("/api/v1/alerts/\(alert.id)")],
        ]
        let (name, value) = AlertSettings.json(of: alert)
        json[name] = value
        return .object(json)
    }

    static func json(_ notification: NotificationRecord) -> JSON {
        [
            "id": .string(notification.id.rawValue), "alert": .string(notification.alert.rawValue),
            "kind": .string(notification.kind.rawValue),
            "pipeline": notification.pipeline.map { .string($0.rawValue) } ?? .null,
            "run": notification.run.map { .string($0.rawValue) } ?? .null, "text": .string(notification.text),
            "count": .int(notification.count), "opened_at": .string(notification.openedAt.description),
            "latest_at": .string(notification.latestAt.description),
            "closed_at": notification.closedAt.map { .string($0.description) } ?? .null,
            "read_at": notification.readAt.map { .string($0.description) } ?? .null,
        ]
    }

    static func tags(of alert: AlertRecord) -> [(name: String, value: String)] {
        [(name: "ETag", value: EntityTag(revision: alert.revision).description)]
    }
}
