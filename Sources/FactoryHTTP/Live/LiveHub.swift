import FactoryAccess
public import FactoryDomain
public import FactoryEngine
import FactoryJSON
public import FactoryStore
public import FactoryTriggers
import NIOCore
import Synchronization

/// Hands on what happens with pipelines and their runs to those who may know of it.
///
/// What is done with pipelines is read from the store, in its order, whenever somebody says that there is something
/// new; runs are heard of from the engine. While nobody listens nothing is read, written out or timed.
public final class LiveHub: RunObserver {
    /// Between two signs of life: 15 s, by one clock for all who listen.
    static let heartbeat = Duration.seconds(15)
    /// Signs of life after which a listener is sent away to come back and show anew who it is: an hour.
    private static let lifeBeats = 240
    private static let batch = 200

    private enum Note: Sendable {
        case changed, listening, beat, stopping
        case run(RunNews)
        case presence(ID<PipelineRecord>)
    }

    private struct State {
        var nextID = 0
        var listeners: [Int: LiveListener] = [:]
    }

    private let state = Mutex(State())
    /// Read at every decision of every run.
    private let count = Atomic<Int>(0)
    private let notes: AsyncStream<Note>
    private let inbox: AsyncStream<Note>.Continuation

    /// A hub that nobody listens to.
    public init() { (notes, inbox) = AsyncStream.makeStream(of: Note.self) }

    /// Says that something was done with a pipeline, and is kept.
    public func poke() { if isHeard { inbox.yield(.changed) } }

    /// Number of listeners.
    public var listenerCount: Int { count.load(ordering: .relaxed) }

    /// Hears of a decision about a run.
    public func kept(_ decision: KeptDecision) {
        guard isHeard, let pipeline = decision.run.pipelineID else { return }
        for event in decision.commit.events where event.step == nil && RunNews.kinds.contains(event.kind) {
            inbox.yield(.run(RunNews(pipeline: pipeline, run: decision.run, kind: event.kind, at: event.at)))
        }
    }

    /// Hears that a run is no longer driven.
    public func left(_ run: ID<Run>) {}

    /// Hands on until the server stops.
    public func run(
        store: any PipelineStore, accounts: any AccountDirectory, clock: any Clock<Duration>, until drain: Latch
    ) async {
        var writer = LiveWriter(store: store, accounts: accounts)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [inbox] in
                await drain.opened()
                inbox.yield(.stopping)
            }
            var (isTicking, last) = (false, Int64.max)
            working: for await note in notes {
                switch note {
                case .listening:
                    // From the first listener on: what was done before is not news.
                    if !isTicking, let now = try? await store.lastPipelineEvent() { last = now }
                    guard !isTicking else { continue }
                    isTicking = true
                    group.addTask { [inbox] in await Self.tick(inbox, clock) }
                case .beat:
                    beat()
                    isTicking = isHeard
                    if isTicking { group.addTask { [inbox] in await Self.tick(inbox, clock) } }
                case .changed:
                    guard last < .max else { continue }
                    while let events = try? await store.pipelineEvents(after: last, limit: Self.batch), !events.isEmpty
                    {
                        for event in events { send(await writer.message(of: event)) }
                        last = events.last?.sequence ?? last
                    }
                    writer.forget()
                case .run(let news):
                    send(await writer.message(of: news))
                    writer.forget()
                case .presence(let pipeline): await tellPresence(in: pipeline, &writer)
                case .stopping: break working
                }
            }
            for listener in listeners { listener.stop() }
            group.cancelAll()
        }
    }

    /// Hands on what an alert says, to whom it says it.
    public func tell(_ notification: NotificationRecord, _ turn: Alerts.Turn) {
        guard isHeard else { return }
        let value: JSON = ["type": .string(turn.rawValue), "notification": AlertView.json(notification)]
        send(
            LiveMessage(
                piece: LiveWriter.piece(turn.rawValue, value, sequence: nil),
                audience: .account(notification.owner)))
    }

    // MARK: - Those who listen

    func listen(
        _ principal: Principal, to pipeline: ID<PipelineRecord>?, presence: LivePresence?
    ) -> LiveListener {
        let listener = state.withLock { state in
            state.nextID += 1
            let listener = LiveListener(
                id: state.nextID, principal: principal, pipeline: pipeline, presence: presence)
            state.listeners[state.nextID] = listener
            return listener
        }
        count.wrappingAdd(1, ordering: .sequentiallyConsistent)
        inbox.yield(.listening)
        if let pipeline { inbox.yield(.presence(pipeline)) }
        return listener
    }

    func leave(_ listener: LiveListener) {
        guard state.withLock({ $0.listeners.removeValue(forKey: listener.id) }) != nil else { return }
        count.wrappingSubtract(1, ordering: .sequentiallyConsistent)
        if listener.presence != nil, let pipeline = listener.pipeline { inbox.yield(.presence(pipeline)) }
    }

    private var isHeard: Bool { count.load(ordering: .sequentiallyConsistent) > 0 }
    private var listeners: [LiveListener] { state.withLock { Array($0.listeners.values) } }

    private static func tick(_ inbox: AsyncStream<Note>.Continuation, _ clock: any Clock<Duration>) async {
        guard (try? await clock.sleep(for: heartbeat)) != nil else { return }
        inbox.yield(.beat)
    }

    private func beat() {
        let sign = LivePiece(sequence: nil, buffer: ByteBuffer(string: ": still here\n\n"))
        for listener in listeners where listener.give(sign) >= Self.lifeBeats { listener.stop() }
    }

    private func send(_ message: LiveMessage?) {
        guard let message else { return }
        for listener in listeners where message.concerns(listener) { _ = listener.give(message.piece) }
    }

    private func tellPresence(in pipeline: ID<PipelineRecord>, _ writer: inout LiveWriter) async {
        let there = listeners.filter { $0.pipeline == pipeline }
        guard !there.isEmpty else { return }
        send(
            await writer.presence(
                of: there.compactMap { listener in
                    listener.presence.map { (listener.principal, $0) }
                }, in: pipeline))
    }
}
