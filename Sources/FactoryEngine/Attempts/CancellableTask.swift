import Synchronization

/// Lets others cancel the task that runs something, without a further task for it.
///
/// An attempt runs in a child task, which has no handle, and must be stopped by its timeout. A task inside it would have
/// one, at the price of two thread changes for every step.
final class CancellableTask: Sendable {
    private struct State: @unchecked Sendable {
        /// Set only while that task runs ``running(_:)``, so it exists whenever the lock shows it.
        var task: UnsafeCurrentTask?
        var isCancelled = false
    }

    private let state = Mutex(State())

    /// Runs `body`; meanwhile ``cancel()`` cancels the task that called this.
    func running<Value: Sendable>(_ body: () async -> Value) async -> Value {
        enter()
        let value = await body()
        state.withLock { $0.task = nil }
        return value
    }

    /// Cancels the task while it runs its body, or as soon as it does; once it is through nothing happens.
    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            state.task?.cancel()
        }
    }

    private func enter() {
        withUnsafeCurrentTask { task in
            state.withLock { state in
                if state.isCancelled { task?.cancel() } else { state.task = task }
            }
        }
    }
}
