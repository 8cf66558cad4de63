public import FactoryDomain
public import FactoryNetwork
public import FactoryStore

/// Tells other systems of runs: writes a message down for each webhook that wants to hear, and sends it until it is taken
/// or given up.
public final class Outbox: Sendable {
    /// How long is waited after each try that failed: nine tries within a day.
    public static let pauses: [Duration] = [10, 60, 300, 1_800, 7_200, 14_400, 21_600, 36_000].map { .seconds($0) }
    /// How many ends of runs are looked up in the store at the start.
    private static let backlog = 1_000
    /// How many messages are read at once, and sent beside each other.
    private static let width = 8
    private static let longestSleep = Duration.seconds(60)
    /// When the store is asked again after it failed.
    private static let pause = Duration.seconds(30)

    let store: any OutgoingStore
    let keys: SignatureKeys
    let ids: IDGenerator
    let now: @Sendable () -> Timestamp
    let random: @Sendable (Int) -> [UInt8]
    private let egress: Egress
    private let clock: any Clock<Duration>
    private let warn: @Sendable (String) -> Void
    private let rings: AsyncStream<Void>
    let bell: AsyncStream<Void>.Continuation

    /// An outbox of `store` that sends through `egress`.
    public init(
        store: any OutgoingStore, egress: Egress, keys: SignatureKeys, ids: IDGenerator,
        now: @escaping @Sendable () -> Timestamp, clock: any Clock<Duration>,
        random: @escaping @Sendable (_ count: Int) -> [UInt8], warn: @escaping @Sendable (String) -> Void
    ) {
        self.store = store
        self.egress = egress
        self.keys = keys
        self.ids = ids
        self.now = now
        self.clock = clock
        self.random = random
        self.warn = warn
        (rings, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Writes down what `watch` hears and sends it; returns when the task is cancelled. To be called once.
    public func run(_ watch: RunWatch) async {
        await withDiscardingTaskGroup { group in
            group.addTask { [self] in
                await catchUp()
                for await news in watch.news { await enqueue(news) }
            }
            group.addTask { [self] in await sendDue() }
        }
    }

    // MARK: - Writing down

    /// Looks at what ended while nobody was there to hear, or was not written down any more.
    private func catchUp() async {
        do throws(StoreError) {
            let since = try await store.lookedThrough()
            for run in try await store.runsEnded(since: since, limit: Self.backlog).reversed() {
                if let news = RunNews(end: run) { await enqueue(news) }
            }
        } catch { warn("runs that ended before the start are not told of, because \(error)") }
    }

    private func enqueue(_ news: RunNews) async {
        do throws(StoreError) {
            let listeners = try await store.listeners(toRunsOf: news.run.owner, pipeline: news.run.pipelineID)
            let messages = listeners.filter { $0.events.contains(news.event) && $0.createdAt <= news.at }.map {
                webhook in
                OutgoingMessage(
                    id: ids.make(), webhook: webhook.id, occasion: news.occasion, event: news.event,
                    body: news.body(for: webhook.owner), createdAt: now(), nextTryAt: now())
            }
            guard !messages.isEmpty else { return }
            try await store.enqueue(messages, through: news.event == "run.started" ? nil : news.at)
            bell.yield()
        } catch { warn("\(news.event) of \(news.run.id) is told at the next start, because \(error)") }
    }

    // MARK: - Sending

    private func sendDue() async {
        var timer: Task<Void, Never>?
        defer { timer?.cancel() }
        bell.yield()
        for await _ in rings {
            timer?.cancel()
            var next: Timestamp?
            do throws(StoreError) {
                while !Task.isCancelled {
                    let due = try await store.dueMessages(at: now(), limit: Self.width)
                    guard !due.isEmpty else { break }
                    try await send(due)
                }
                next = try await store.nextTry()
            } catch {
                warn("messages wait, because \(error)")
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

    private func send(_ due: [(message: OutgoingMessage, webhook: OutgoingWebhook)]) async throws(StoreError) {
        let tried = await withTaskGroup(of: OutgoingMessage.self) { group in
            for (message, webhook) in due { group.addTask { [self] in await attempt(message, to: webhook) } }
            var tried: [OutgoingMessage] = []
            for await message in group { tried.append(message) }
            return tried
        }
        // What was broken off by the end of the process is tried anew.
        guard !Task.isCancelled else { return }
        for message in tried { try await store.note(message) }
    }

    private func attempt(_ message: OutgoingMessage, to webhook: OutgoingWebhook) async -> OutgoingMessage {
        var message = message
        let moment = now()
        message.tries += 1
        message.lastTryAt = moment
        (message.httpStatus, message.reason) = (nil, nil)
        guard webhook.isEnabled else {
            (message.status, message.nextTryAt, message.reason) = (.failed, nil, "the webhook is switched off")
            return message
        }
        do throws(SendFailure) {
            message.httpStatus = try await exchange(message, webhook, moment)
            let isTaken = (200..<300).contains(message.httpStatus ?? 0)
            if isTaken {
                (message.status, message.nextTryAt) = (.delivered, nil)
                return message
            }
            message.reason = "it was answered \(message.httpStatus ?? 0)"
        } catch { message.reason = error.reason }
        // 410 Gone: the other side does not want to hear any more.
        guard message.httpStatus != 410, message.tries <= Self.pauses.count else {
            (message.status, message.nextTryAt) = (.failed, nil)
            message.reason = "given up after \(message.tries) tries: \(message.reason ?? "")"
            return message
        }
        message.nextTryAt = now().adding(Self.pauses[message.tries - 1])
        return message
    }

    private struct SendFailure: Error { let reason: String }

    private func exchange(
        _ message: OutgoingMessage, _ webhook: OutgoingWebhook, _ moment: Timestamp
    ) async throws(SendFailure) -> Int {
        let secret: String
        do throws(TriggerError) {
            secret = try keys.open(webhook.sealedSecret, of: webhook.id.rawValue)
        } catch { throw SendFailure(reason: "the key of its signatures does not open") }
        let signature = StandardSignature(
            id: message.id.rawValue, seconds: moment.milliseconds / 1_000, body: Array(message.body.utf8))
        let url: OutboundURL
        do throws(URLProblem) { url = try OutboundURL(parsing: webhook.url) } catch {
            throw SendFailure(reason: error.message)
        }
        let request = OutboundRequest(
            .post, url, headers: HeaderFields([("Content-Type", "application/json")] + signature.headers(key: secret)),
            body: Array(message.body.utf8), limits: EgressLimits(total: .seconds(20), responseBytes: 64 << 10))
        do throws(EgressError) { return try await egress.send(request).status } catch {
            throw SendFailure(reason: error.message)
        }
    }
}
