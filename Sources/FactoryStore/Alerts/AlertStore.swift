public import FactoryDomain

/// Keeps alerts and what they had to say.
public protocol AlertStore: Sendable {
    /// Keeps a new alert.
    func create(_ alert: AlertRecord) async throws(StoreError)

    /// The alert `id` of `owner`.
    func alert(_ id: ID<AlertRecord>, of owner: String) async throws(StoreError) -> AlertRecord

    /// The alerts of `owner`, oldest first.
    func alerts(of owner: String) async throws(StoreError) -> [AlertRecord]

    /// Keeps `alert` with the next revision if the stored one still has its revision. What it said before and is still
    /// open is closed, because it may look at something else now.
    /// - Throws: ``StoreError/changed`` where it has another.
    func replace(_ alert: AlertRecord) async throws(StoreError)

    /// Removes an alert with what it said.
    func removeAlert(_ id: ID<AlertRecord>, of owner: String) async throws(StoreError)

    /// Enabled alerts that look at a run that `owner` started, of this pipeline where it has one.
    func alerts(onRunsOf owner: String, pipeline: ID<PipelineRecord>?) async throws(StoreError) -> [AlertRecord]

    /// Enabled alerts that look for silence, each with the moment of the latest run that it looks at, if any.
    func alertsOfSilence() async throws(StoreError) -> [(alert: AlertRecord, latestRun: Timestamp?)]

    /// How many of the latest ended runs of a pipeline failed without another between them, `limit` at most.
    func failuresInARow(of pipeline: ID<PipelineRecord>, limit: Int64) async throws(StoreError) -> Int64

    /// What a run cost in millionths of a dollar; nil where no price is known.
    func costMicroUSD(of run: ID<Run>) async throws(StoreError) -> Int64?

    /// Opens a notification and writes `messages` down, or counts it where the same is open already.
    /// - Returns: whether it was opened.
    func open(
        _ notification: NotificationRecord, telling messages: [OutgoingMessage]
    ) async throws(StoreError) -> Bool

    /// The open notification of an alert about a pipeline.
    func openNotification(
        of alert: ID<AlertRecord>, pipeline: ID<PipelineRecord>?
    ) async throws(StoreError) -> NotificationRecord?

    /// Closes a notification and writes `messages` down.
    func close(
        _ notification: ID<NotificationRecord>, at moment: Timestamp, telling messages: [OutgoingMessage]
    ) async throws(StoreError)

    /// Notifications of `owner`, newest first, at most `limit`, before the one called `id`.
    func notifications(
        of owner: String, isUnread: Bool, before id: ID<NotificationRecord>?, limit: Int
    ) async throws(StoreError) -> [NotificationRecord]

    /// How many notifications of `owner` have not been read.
    func unreadNotifications(of owner: String) async throws(StoreError) -> Int64

    /// Marks notifications of `owner` as read.
    /// - Parameter ids: those; nil for all.
    func markRead(_ ids: [ID<NotificationRecord>]?, of owner: String, at moment: Timestamp) async throws(StoreError)

    /// Up to when the ends of runs were looked at.
    func alertsLookedThrough() async throws(StoreError) -> Timestamp

    /// Notes that the ends of runs were looked at up to `moment`.
    func alertsLooked(through moment: Timestamp) async throws(StoreError)

    /// Runs that ended at `moment` or later, the latest end first, at most `limit`.
    func runsEnded(since moment: Timestamp, limit: Int) async throws(StoreError) -> [RunRecord]

    /// Enabled webhooks of `owner` that hear of `event`, of this pipeline where it has one.
    func webhooks(
        of owner: String, hearing event: String, pipeline: ID<PipelineRecord>?
    ) async throws(StoreError) -> [OutgoingWebhook]
}
