import FactoryDomain
import Synchronization

/// Hands the events of running runs to whoever watches.
///
/// Every watcher gets every event from the moment it subscribed, in order; what happened earlier is read from the
/// store. A watcher's stream ends after the run's last event, or when the engine stops driving the run.
final class EventHub: Sendable {
    private struct Watcher {
        let id: Int
        let continuation: AsyncStream<RunEvent>.Continuation
    }

    private struct State {
        var nextID = 0
        var watchers: [ID<Run>: [Watcher]] = [:]
    }

    private let state = Mutex(State())

    /// A stream of the events of `run` from now on.
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

    func send(_ events: [RunEvent], of run: ID<Run>) {
        guard !events.isEmpty else { return }
        let watchers = state.withLock { $0.watchers[run] ?? [] }
        for watcher in watchers { for event in events { watcher.continuation.yield(event) } }
    }

    /// Ends every stream of `run`.
    func close(_ run: ID<Run>) {
        let watchers = state.withLock { $0.watchers.removeValue(forKey: run) ?? [] }
        for watcher in watchers { watcher.continuation.finish() }
    }

    private func forget(_ id: Int, of run: ID<Run>) {
        state.withLock { state in
            state.watchers[run]?.removeAll { $0.id == id }
            if state.watchers[run]?.isEmpty == true { state.watchers[run] = nil }
        }
    }
}
