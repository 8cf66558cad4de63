import Synchronization

/// Something that happens once, and can be waited for.
public final class Signal: Sendable {
    private struct State {
        var hasFired = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// A signal that has not been given.
    public init() {}

    /// Gives the signal; again changes nothing.
    public func fire() {
        let waiting = state.withLock { state in
            state.hasFired = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns once the signal has been given.
    public func wait() async {
        await withCheckedContinuation { continuation in
            let hasFired = state.withLock { state in
                if !state.hasFired { state.waiting.append(continuation) }
                return state.hasFired
            }
            if hasFired { continuation.resume() }
        }
    }

    /// Returns once the task that waits is cancelled.
    public static func cancellation() async {
        let never = Signal()
        await withTaskCancellationHandler {
            await never.wait()
        } onCancel: {
            never.fire()
        }
    }
}
