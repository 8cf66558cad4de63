import Synchronization

/// Tells everything that waits or streams that the server is about to stop.
public final class Drain: Sendable {
    private struct State {
        var isDraining = false
        var nextID = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// A server that goes on.
    public init() {}

    /// True once the server stops.
    public var isDraining: Bool { state.withLock(\.isDraining) }

    /// Wakes everyone who waits.
    public func begin() {
        let waiting = state.withLock { state in
            state.isDraining = true
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns when the server stops, or when the surrounding task is cancelled.
    public func begun() async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard !state.isDraining, !Task.isCancelled else { return true }
                    state.waiting[id] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: id) }?.resume()
        }
    }
}
