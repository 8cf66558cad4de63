public import FactoryDomain
public import FactoryJSON
public import FactoryStore

extension Alerts {
    /// The alerts of an account, oldest first.
    public func list(of owner: String) async throws(TriggerError) -> [AlertRecord] {
        try await kept { store throws(StoreError) in try await store.alerts(of: owner) }
    }

    /// The alert `id` of an account.
    public func alert(_ id: ID<AlertRecord>, of owner: String) async throws(TriggerError) -> AlertRecord {
        try await kept { store throws(StoreError) in try await store.alert(id, of: owner) }
    }

    /// Makes an alert for `owner`, who may see the pipeline that it names.
    public func create(_ members: JSONObject, for owner: String) async throws(TriggerError) -> AlertRecord {
        guard try await list(of: owner).count < AlertRecord.most else {
            throw .conflict("an account has at most \(AlertRecord.most) alerts; remove one")
        }
        let moment = now()
        let alert = try AlertSettings.apply(
            members,
            to: AlertRecord(
                id: ids.make(), owner: owner, kind: .failure, threshold: 1, createdAt: moment, updatedAt: moment),
            isNew: true)
        try await kept { store throws(StoreError) in try await store.create(alert) }
        bell.yield()
        return alert
    }

    /// Changes what `members` name of an alert.
    public func change(_ alert: AlertRecord, _ members: JSONObject) async throws(TriggerError) -> AlertRecord {
        var next = try AlertSettings.apply(members, to: alert, isNew: false)
        next.updatedAt = now()
        let changed = next
        try await kept { store throws(StoreError) in try await store.replace(changed) }
        next.revision += 1
        bell.yield()
        return next
    }

    /// Removes an alert with what it said.
    public func remove(_ alert: AlertRecord) async throws(TriggerError) {
        try await kept { store throws(StoreError) in try await store.removeAlert(alert.id, of: alert.owner) }
        bell.yield()
    }

    /// Notifications of an account, newest first, and how many of all have not been read.
    public func notifications(
        of owner: String, isUnread: Bool, before id: ID<NotificationRecord>?, limit: Int
    ) async throws(TriggerError) -> (items: [NotificationRecord], unread: Int64) {
        try await kept { store throws(StoreError) in
            (
                try await store.notifications(of: owner, isUnread: isUnread, before: id, limit: limit),
                try await store.unreadNotifications(of: owner)
            )
        }
    }

    /// Marks notifications of an account as read; nil for all.
    public func markRead(_ ids: [ID<NotificationRecord>]?, of owner: String) async throws(TriggerError) {
        let moment = now()
        try await kept { store throws(StoreError) in try await store.markRead(ids, of: owner, at: moment) }
    }

    private func kept<Value: Sendable>(
        _ body: (any AlertStore) async throws(StoreError) -> Value
    ) async throws(TriggerError) -> Value {
        do throws(StoreError) { return try await body(store) } catch { throw .store(error) }
    }
}
