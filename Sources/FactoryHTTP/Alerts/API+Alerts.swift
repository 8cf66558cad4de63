import FactoryAPI
import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryTriggers

extension API {
    func listAlerts(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let found = try await alerts { alerts throws(TriggerError) in try await alerts.list(of: request.owner) }
        return .json(["items": .array(found.map { AlertView($0).json }), "next_cursor": nil])
    }

    func createAlert(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: nil)
        try await requireSight(of: members["pipeline"], request)
        let alert = try await alerts { alerts throws(TriggerError) in
            try await alerts.create(members, for: request.owner)
        }
        let location = (name: "Location", value: "/api/v1/alerts/\(alert.id)")
        return .json(AlertView(alert).json, status: 201, headers: AlertView.tags(of: alert) + [location])
    }

    func getAlert(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let alert = try await alert(request)
        return .json(AlertView(alert).json, headers: AlertView.tags(of: alert))
    }

    func changeAlert(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: nil)
        let alert = try await alert(request)
        try Self.check(request, alert)
        try await requireSight(of: members["pipeline"], request)
        let changed = try await alerts { alerts throws(TriggerError) in try await alerts.change(alert, members) }
        return .json(AlertView(changed).json, headers: AlertView.tags(of: changed))
    }

    func removeAlert(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let alert = try await alert(request)
        try Self.check(request, alert)
        try await alerts { alerts throws(TriggerError) in try await alerts.remove(alert) }
        return .empty()
    }

    func listNotifications(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let limit = try request.limit()
        let isUnread = try request.flag("unread")
        var before: ID<NotificationRecord>?
        if let cursor = request.query("cursor") {
            before = Cursor.value(cursor)?["before"]?.stringValue.flatMap(ID.init(parsing:))
            guard before != nil else { throw .invalid(parameter: "cursor", "is none that this list gave") }
        }
        let start = before
        var (found, unread) = try await alerts { alerts throws(TriggerError) in
            try await alerts.notifications(of: request.owner, isUnread: isUnread, before: start, limit: limit + 1)
        }
        let hasMore = found.count > limit
        if hasMore { found.removeLast() }
        let next = hasMore ? found.last.map { Cursor.text(["before": .string($0.id.rawValue)]) } : nil
        return .json([
            "items": .array(found.map(AlertView.json)), "next_cursor": next.map(JSON.string) ?? .null,
            "unread": .int(unread),
        ])
    }

    func readNotifications(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["ids", "all"])
        var ids: [ID<NotificationRecord>]?
        let all = members["all"] ?? false
        guard case .bool(let isAll) = all else { throw .invalid(field: "all", "must be true or false") }
        if !isAll || members.contains("ids") {
            let given = members["ids"]?.arrayValue ?? []
            let parsed = given.compactMap { $0.stringValue.flatMap(ID<NotificationRecord>.init(parsing:)) }
            guard !parsed.isEmpty, parsed.count == given.count, parsed.count <= 200 else {
                throw .invalid(field: "ids", "must be 1 to 200 ids of notifications; or give {\"all\": true}")
            }
            ids = parsed
        }
        let marked = isAll ? nil : ids
        try await alerts { alerts throws(TriggerError) in try await alerts.markRead(marked, of: request.owner) }
        return .empty()
    }

    private func alert(_ request: APIRequest) async throws(APIProblem) -> AlertRecord {
        let id = try request.identity(AlertRecord.self)
        return try await alerts { alerts throws(TriggerError) in try await alerts.alert(id, of: request.owner) }
    }

    private func alerts<Value: Sendable>(
        _ body: (Alerts) async throws(TriggerError) -> Value
    ) async throws(APIProblem) -> Value {
        do throws(TriggerError) { return try await body(services.alerts) } catch { throw APIProblem(error) }
    }

    private static func check(_ request: APIRequest, _ alert: AlertRecord) throws(APIProblem) {
        guard let match = request.match(), !match.matches(EntityTag(revision: alert.revision)) else { return }
        throw APIProblem(
            .preconditionFailed, "the alert was changed meanwhile; it has revision \(alert.revision) now",
            members: ["current": AlertView(alert).json], headers: AlertView.tags(of: alert))
    }
}
