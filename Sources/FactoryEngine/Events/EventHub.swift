import FactoryDomain
import FactoryStore
import Synchronization

/// Hands on what happens in the runs that are being driven: to readers of feeds, to watchers, to observers.
///
/// What is stored of a run is handed on after it reached the disk; text and progress at once. Nothing remains of a run
/// that is no longer driven.
final class EventHub: Sendable {
    private struct Watcher {
        let id: Int
        let continuation: AsyncStream<RunEvent>.Continuation
    }

    private struct State {
        var nextID = 0
        var watchers: [ID<Run>: [Watcher]] = [:]
        var channels: [ID<Run>: RunChannel] = [:]
    }

    private let state = Mutex(State())
    private let observers: [any RunObserver]

    init(observers: [any RunObserver]) { self.observers = observers }

    /// Makes room for the events of `run` after the stored event `sequence`.
    func open(_ run: ID<Run>, after sequence: Int64) {
        state.withLock { $0.channels[run] = RunChannel(run: run, after: sequence) }
    }

    /// Where the events of `run` are, while it is being driven.
    func channel(of run: ID<Run>) -> RunChannel? { state.withLock { $0.channels[run] } }

    /// A stream of the events of `run` from now on: every event, in order, until the run is no longer driven.
    func watch(_ run: ID<Run>) -> AsyncStream<RunEvent> {
        let (stream, continuation) = AsyncStream.makeStream(of: RunEvent.self)
        let id = state.withLock { state in
            state.nextID += 1
            state.watchers[run, default: []].append(Watcher(id: state.nextID, continuation: continuation))
            return state.nextID
        }
        continuation.onTermination = { [weak self] _ in self?.forget(id, of: run) }
        return stream
    }

    /// Hands on a decision that has reached the disk.
    func send(_ decision: KeptDecision) {
        let run = decision.run.id
        channel(of: run)?.show(decision.commit)
        watchers(of: run) { watcher in for event in decision.commit.events { watcher.yield(event) } }
        for observer in observers { observer.kept(decision) }
    }

    /// Hands on text that an attempt wrote, redacted.
    func send(_ text: String, _ stream: LogStream, of order: AttemptOrder, at: Timestamp) {
        guard let shown = channel(of: order.run)?.show(text, stream, of: order.attempt, at: at) else { return }
        watchers(of: order.run) { watcher in for event in shown { watcher.yield(event) } }
    }

    /// Hands on how far an attempt is.
    func send(progress event: RunEvent, of order: AttemptOrder) {
        channel(of: order.run)?.show(progress: event, of: order.attempt)
        watchers(of: order.run) { $0.yield(event) }
    }

    /// Ends every stream of `run` and forgets it.
    func close(_ run: ID<Run>) {
        let (watchers, channel) = state.withLock { state in
            (state.watchers.removeValue(forKey: run) ?? [], state.channels.removeValue(forKey: run))
        }
        channel?.close()
        for watcher in watchers { watcher.continuation.finish() }
        for observer in observers { observer.left(run) }
    }

    private func watchers(of run: ID<Run>, _ body: (AsyncStream<RunEvent>.Continuation) -> Void) {
        for watcher in state.withLock({ $0.watchers[run] ?? [] }) { body(watcher.continuation) }
    }

    private func forget(_ id: Int, of run: ID<Run>) {
        state.withLock { state in
            state.watchers[run]?.removeAll { $0.id == id }
            if state.watchers[run]?.isEmpty == true { state.watchers[run] = nil }
        }
    }
}
