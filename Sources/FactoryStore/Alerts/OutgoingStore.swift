public import FactoryDomain

/// Keeps outgoing webhooks and their messages.
public protocol OutgoingStore: Sendable {
    /// Keeps a new webhook.
    ///
    /// - Parameter keyID: id of the master key that its key is sealed with.
    /// - Throws: ``StoreError/otherKey(current:)`` where that is not the present one.
    func create(_ webhook: OutgoingWebhook, keyID: String?) async throws(StoreError)

    /// The webhook `id` of `owner`.
    func webhook(_ id: ID<OutgoingWebhook>, of owner: String) async throws(StoreError) -> OutgoingWebhook

    /// The webhooks of `owner`, oldest first.
    func webhooks(of owner: String) async throws(StoreError) -> [OutgoingWebhook]

    /// Keeps `webhook` with the next revision if the stored one still has its revision.
    ///
    /// - Parameter keyID: as for a new one, where its key is new.
    /// - Throws: ``StoreError/changed`` where it has another.
    func replace(_ webhook: OutgoingWebhook, keyID: String?) async throws(StoreError)

    /// Removes a webhook with its messages.
    func removeWebhook(_ id: ID<OutgoingWebhook>, of owner: String) async throws(StoreError)

    /// Enabled webhooks that hear of a run that `owner` started, of this pipeline where it has one.
    func listeners(toRunsOf owner: String, pipeline: ID<PipelineRecord>?) async throws(StoreError) -> [OutgoingWebhook]

    /// Writes messages down, those that are not known by their occasion, and up to when the ends of runs were looked at.
    func enqueue(_ messages: [OutgoingMessage], through moment: Timestamp?) async throws(StoreError)

    /// Up to when the ends of runs were looked at.
    func lookedThrough() async throws(StoreError) -> Timestamp

    /// Runs that ended at `moment` or later, the latest end first, at most `limit`.
    func runsEnded(since moment: Timestamp, limit: Int) async throws(StoreError) -> [RunRecord]

    /// Messages that are due, with the webhooks they go to, the longest due first.
    func dueMessages(
        at moment: Timestamp, limit: Int
    ) async throws(StoreError) -> [(message: OutgoingMessage, webhook: OutgoingWebhook)]

    /// When the next message is due; nil without one.
    func nextTry() async throws(StoreError) -> Timestamp?

    /// Writes down how a try went.
    func note(_ message: OutgoingMessage) async throws(StoreError)

    /// Messages of a webhook, newest first, at most `limit`, before the one called `id`.
    func messages(
        of webhook: ID<OutgoingWebhook>, before id: ID<OutgoingMessage>?, limit: Int
    ) async throws(StoreError) -> [OutgoingMessage]

    /// The message `id` of a webhook.
    func message(
        _ id: ID<OutgoingMessage>, of webhook: ID<OutgoingWebhook>
    ) async throws(StoreError) -> OutgoingMessage
}
