public import FactoryDomain
public import FactoryJSON
import FactoryNetwork
public import FactoryStore

extension Outbox {
    /// A webhook that was made or changed.
    public struct Made: Sendable {
        /// The webhook.
        public var webhook: OutgoingWebhook
        /// The key of its signatures, where this server made it: shown only now.
        public var secret: String?
        /// Id of the master key that a new key is sealed with.
        var masterKeyID: String?
    }

    private static let names = ["name", "url", "events", "pipeline", "enabled", "secret"]
    /// How many webhooks an account may have.
    private static let most = 50

    /// The webhooks of an account, oldest first.
    public func list(of owner: String) async throws(TriggerError) -> [OutgoingWebhook] {
        try await kept { store throws(StoreError) in try await store.webhooks(of: owner) }
    }

    /// The webhook `id` of an account.
    public func webhook(_ id: ID<OutgoingWebhook>, of owner: String) async throws(TriggerError) -> OutgoingWebhook {
        try await kept { store throws(StoreError) in try await store.webhook(id, of: owner) }
    }

    /// Makes a webhook for `owner`, who may see the pipeline that it names.
    public func create(_ members: JSONObject, for owner: String) async throws(TriggerError) -> Made {
        guard try await list(of: owner).count < Self.most else {
            throw .conflict("an account has at most \(Self.most) webhooks; remove one")
        }
        let moment = now()
        let webhook = OutgoingWebhook(
            id: ids.make(), owner: owner, name: nil, url: "", events: RunNews.events, pipeline: nil, isEnabled: true,
            sealedSecret: "", createdAt: moment, updatedAt: moment)
        let made = try await apply(members, to: webhook)
        try await kept { store throws(StoreError) in try await store.create(made.webhook, keyID: made.masterKeyID) }
        return made
    }

    /// Changes what `members` name of a webhook.
    public func change(_ webhook: OutgoingWebhook, _ members: JSONObject) async throws(TriggerError) -> Made {
        var next = webhook
        next.updatedAt = now()
        var made = try await apply(members, to: next)
        let changed = made
        try await kept { store throws(StoreError) in
            try await store.replace(changed.webhook, keyID: changed.masterKeyID)
        }
        made.webhook.revision += 1
        return made
    }

    /// Removes a webhook with its messages.
    public func remove(_ webhook: OutgoingWebhook) async throws(TriggerError) {
        try await kept { store throws(StoreError) in try await store.removeWebhook(webhook.id, of: webhook.owner) }
    }

    /// Messages of a webhook, newest first.
    public func messages(
        of webhook: OutgoingWebhook, before id: ID<OutgoingMessage>?, limit: Int
    ) async throws(TriggerError) -> [OutgoingMessage] {
        try await kept { store throws(StoreError) in
            try await store.messages(of: webhook.id, before: id, limit: limit)
        }
    }

    /// Sends a message once more, as it is: the other side knows it by its id.
    public func resend(
        _ id: ID<OutgoingMessage>, of webhook: OutgoingWebhook
    ) async throws(TriggerError) -> OutgoingMessage {
        var message = try await kept { store throws(StoreError) in try await store.message(id, of: webhook.id) }
        guard message.status != .pending else { throw .conflict("it is being sent already") }
        guard webhook.isEnabled else { throw .conflict("the webhook is switched off") }
        (message.status, message.tries, message.nextTryAt) = (.pending, 0, now())
        let again = message
        try await kept { store throws(StoreError) in try await store.note(again) }
        bell.yield()
        return again
    }

    private func apply(_ members: JSONObject, to webhook: OutgoingWebhook) async throws(TriggerError) -> Made {
        var webhook = webhook
        var reader = SettingsReader(members, known: Self.names, nullable: ["name", "pipeline"])
        if members.contains("name") { webhook.name = reader.text("name", maxBytes: 200) }
        if let url = reader.text("url", maxBytes: 2_000) { webhook.url = url }
        webhook.isEnabled = reader.flag("enabled", or: webhook.isEnabled)
        if members.contains("pipeline") {
            webhook.pipeline = reader.text("pipeline").flatMap(ID<PipelineRecord>.init(parsing:))
            if webhook.pipeline == nil, members["pipeline"] != .null {
                reader.note(TriggerProblem("pipeline", "pipeline must be the id of a pipeline"))
            }
        }
        if let events = members["events"] {
            let known = RunNews.events + RunNews.alertEvents
            let names = (events.arrayValue ?? []).compactMap(\.stringValue).filter(known.contains)
            if names.isEmpty || names.count != events.arrayValue?.count {
                reader.note(
                    TriggerProblem(
                        "events", "events must be a list of some of \(known.joined(separator: ", "))"))
            }
            webhook.events = names
        }
        do throws(URLProblem) { _ = try OutboundURL(parsing: webhook.url) } catch {
            reader.note(TriggerProblem("url", error.message, hint: error.hint))
        }
        let given = reader.text("secret", maxBytes: 512)
        if let given, StandardKey.bytes(of: given).count < 16 {
            reader.note(
                TriggerProblem("secret", "a key has at least 16 bytes", hint: "leave it out to have one made"))
        }
        guard reader.problems.isEmpty else { throw .invalid(reader.problems) }
        guard given != nil || webhook.sealedSecret.isEmpty else { return Made(webhook: webhook) }
        let new = StandardKey.text(of: random(32))
        let sealed = try await keys.seal(given ?? new, of: webhook.id.rawValue)
        webhook.sealedSecret = sealed.text
        return Made(webhook: webhook, secret: given == nil ? new : nil, masterKeyID: sealed.masterKeyID)
    }

    private func kept<Value: Sendable>(
        _ body: (any OutgoingStore) async throws(StoreError) -> Value
    ) async throws(TriggerError) -> Value {
        do throws(StoreError) { return try await body(store) } catch { throw .store(error) }
    }
}
