public import FactoryDomain
import FactoryJSON
public import FactoryStore

/// Tells people, once, of runs that fail, take long or cost much, and of pipelines that fall silent.
///
/// While something goes on it is one notification, which counts; when it is over it is closed, and the next time is
/// another. ``run(_:)`` looks; alerts are kept and read without it.
public final class Alerts: Sendable {
    /// What a notification did.
    public enum Turn: String, Sendable {
        /// It was opened.
        case opened = "alert.opened"
        /// It was closed.
        case closed = "alert.closed"
    }

    /// How many ends of runs are looked up in the store at the start.
    private static let backlog = 1_000
    private static let longestSleep = Duration.seconds(60)
    /// When the store is asked again after it failed.
    private static let pause = Duration.seconds(30)

    let store: any AlertStore
    let ids: IDGenerator
    let now: @Sendable () -> Timestamp
    private let clock: any Clock<Duration>
    private let outbox: Outbox
    private let nameOf: @Sendable (ID<PipelineRecord>) async -> String?
    private let told: @Sendable (NotificationRecord, Turn) -> Void
    private let warn: @Sendable (String) -> Void
    private let rings: AsyncStream<Void>
    let bell: AsyncStream<Void>.Continuation

    /// Alerts of `store`.
    ///
    /// - Parameters:
    ///   - outbox: sends messages about them.
    ///   - nameOf: what a pipeline is called.
    ///   - told: hears of every notification that is opened or closed.
    public init(
        store: any AlertStore, outbox: Outbox, ids: IDGenerator, now: @escaping @Sendable () -> Timestamp,
        clock: any Clock<Duration>, nameOf: @escaping @Sendable (ID<PipelineRecord>) async -> String?,
        told: @escaping @Sendable (NotificationRecord, Turn) -> Void, warn: @escaping @Sendable (String) -> Void
    ) {
        self.store = store
        self.outbox = outbox
        self.ids = ids
        self.now = now
        self.clock = clock
        self.nameOf = nameOf
        self.told = told
        self.warn = warn
        (rings, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Looks at what `watch` hears and at silence; returns when the task is cancelled. To be called once.
    public func run(_ watch: RunWatch) async {
        await withDiscardingTaskGroup { group in
            group.addTask { [self] in
                await catchUp()
                bell.yield()
                for await news in watch.news { await look(at: news) }
            }
            group.addTask { [self] in await lookForSilence() }
        }
    }

    // MARK: - Runs

    /// Looks at what ended while nobody was there to hear.
    private func catchUp() async {
        do throws(StoreError) {
            let since = try await store.alertsLookedThrough()
            for run in try await store.runsEnded(since: since, limit: Self.backlog).reversed() {
                if let news = RunNews(end: run) { await look(at: news) }
            }
        } catch { excuse("alerts do not look at runs that ended before the start, because \(error)") }
    }

    private func look(at news: RunNews) async {
        do throws(StoreError) {
            let alerts = try await store.alerts(onRunsOf: news.run.owner, pipeline: news.run.pipelineID)
            let concerned = alerts.filter { $0.createdAt <= news.at }
            guard !concerned.isEmpty else { return }
            for alert in concerned { try await look(alert, at: news) }
            if news.event != "run.started" { try await store.alertsLooked(through: news.at) }
        } catch { excuse("alerts look at \(news.run.id) at the next start, because \(error)") }
    }

    private func look(_ alert: AlertRecord, at news: RunNews) async throws(StoreError) {
        let run = news.run
        if alert.kind == .silence {
            try await end(alert, about: alert.pipeline, at: news.at)
            bell.yield()
            return
        }
        guard news.event != "run.started" else { return }
        switch try await finding(of: alert, run, news) {
        case .nothing: return
        case .fine: try await end(alert, about: run.pipelineID, at: news.at)
        case .wrong(let text): try await say(alert, about: run.pipelineID, of: run.id, text, at: news.at)
        }
    }

    private enum Finding {
        /// It says nothing either way.
        case nothing
        case fine
        case wrong(String)
    }

    private func finding(of alert: AlertRecord, _ run: RunRecord, _ news: RunNews) async throws(StoreError) -> Finding {
        switch alert.kind {
        case .failure:
            guard run.status != .cancelled else { return .nothing }
            guard run.status == .failed else { return .fine }
            guard alert.threshold > 1 else { return .wrong(AlertText.failed(run, times: 1)) }
            guard let pipeline = run.pipelineID else { return .nothing }
            let times = try await store.failuresInARow(of: pipeline, limit: alert.threshold)
            return times >= alert.threshold ? .wrong(AlertText.failed(run, times: times)) : .nothing
        case .duration:
            guard let start = run.startedAt, let taken = news.at.elapsedMilliseconds(since: start) else {
                return .nothing
            }
            if taken > alert.threshold {
                return .wrong(AlertText.tookLong(run, milliseconds: taken, limit: alert.threshold))
            }
            return run.status == .succeeded ? .fine : .nothing
        case .cost:
            guard let cost = try await store.costMicroUSD(of: run.id) else { return .nothing }
            if cost > alert.threshold {
                return .wrong(AlertText.costMuch(run, microUSD: cost, limit: alert.threshold))
            }
            return run.status == .succeeded ? .fine : .nothing
        case .silence: return .nothing
        }
    }

    // MARK: - Silence

    /// One timer, for the next alert that would find silence.
    private func lookForSilence() async {
        var timer: Task<Void, Never>?
        defer { timer?.cancel() }
        var next: Timestamp?
        for await _ in rings {
            timer?.cancel()
            do throws(StoreError) { next = try await sayWhatIsSilent() } catch {
                excuse("alerts do not look for silence, because \(error)")
                next = now().adding(Self.pause)
            }
            timer = next.map { moment in
                let length = Duration.milliseconds(max(0, moment.milliseconds(since: now())))
                return Task { [clock, bell] in
                    do { try await clock.sleep(for: min(length, Self.longestSleep)) } catch { return }
                    bell.yield()
                }
            }
        }
    }

    /// - Returns: when the next one will be due; nil where none will.
    private func sayWhatIsSilent() async throws(StoreError) -> Timestamp? {
        var next: Timestamp?
        for (alert, latestRun) in try await store.alertsOfSilence() {
            let since = max(latestRun ?? alert.updatedAt, alert.updatedAt)
            let due = since.adding(.milliseconds(alert.threshold))
            guard due <= now() else {
                next = min(next ?? due, due)
                continue
            }
            guard try await store.openNotification(of: alert.id, pipeline: alert.pipeline) == nil else { continue }
            var name: String?
            if let pipeline = alert.pipeline { name = await nameOf(pipeline) ?? pipeline.rawValue }
            let text = AlertText.silent(name, milliseconds: alert.threshold)
            try await say(alert, about: alert.pipeline, of: nil, text, at: due)
        }
        return next
    }

    /// Says why something was not done, unless it is only that the server stops.
    private func excuse(_ text: String) {
        guard !Task.isCancelled else { return }
        warn(text)
    }

    // MARK: - Saying

    private func say(
        _ alert: AlertRecord, about pipeline: ID<PipelineRecord>?, of run: ID<Run>?, _ text: String,
        at moment: Timestamp
    ) async throws(StoreError) {
        let notification = NotificationRecord(
            id: ids.make(), owner: alert.owner, alert: alert.id, kind: alert.kind, pipeline: pipeline, run: run,
            text: text, openedAt: moment, latestAt: moment)
        let messages = try await messages(of: .opened, notification, alert)
        guard try await store.open(notification, telling: messages) else { return }
        if !messages.isEmpty { outbox.bell.yield() }
        told(notification, .opened)
    }

    private func end(
        _ alert: AlertRecord, about pipeline: ID<PipelineRecord>?, at moment: Timestamp
    ) async throws(StoreError) {
        guard var open = try await store.openNotification(of: alert.id, pipeline: pipeline),
            open.latestAt <= moment
        else { return }
        open.closedAt = moment
        let messages = try await messages(of: .closed, open, alert)
        try await store.close(open.id, at: moment, telling: messages)
        if !messages.isEmpty { outbox.bell.yield() }
        told(open, .closed)
    }

    private func messages(
        of turn: Turn, _ notification: NotificationRecord, _ alert: AlertRecord
    ) async throws(StoreError) -> [OutgoingMessage] {
        let webhooks = try await store.webhooks(
            of: alert.owner, hearing: turn.rawValue, pipeline: notification.pipeline)
        let body = Self.body(of: turn, notification, alert)
        return webhooks.map { webhook in
            OutgoingMessage(
                id: ids.make(), webhook: webhook.id, occasion: "\(notification.id) \(turn.rawValue)",
                event: turn.rawValue, body: body, createdAt: now(), nextTryAt: now())
        }
    }

    private static func body(of turn: Turn, _ notification: NotificationRecord, _ alert: AlertRecord) -> String {
        let data: JSON = [
            "id": .string(notification.id.rawValue),
            "alert": [
                "id": .string(alert.id.rawValue), "name": alert.name.map(JSON.string) ?? .null,
                "kind": .string(alert.kind.rawValue),
            ],
            "pipeline": notification.pipeline.map { .string($0.rawValue) } ?? .null,
            "run": notification.run.map { .string($0.rawValue) } ?? .null, "text": .string(notification.text),
            "count": .int(notification.count), "opened_at": notification.openedAt.json,
            "closed_at": notification.closedAt?.json ?? .null,
        ]
        let at = notification.closedAt ?? notification.openedAt
        return JSON.object(["type": .string(turn.rawValue), "timestamp": at.json, "data": data]).serialized()
    }
}
