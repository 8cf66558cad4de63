import Synchronization

/// Calls back when a time has passed, for all attempts of an engine with one sleeping task.
///
/// Nearly every attempt ends long before its timeout. So setting and removing a deadline touches one dictionary; the
/// sleeper is started anew only for a deadline that comes before the one it sleeps for, and finds out by itself, once,
/// that a deadline it slept for is gone. Without deadlines nothing sleeps.
final class Deadlines: Sendable {
    private struct Entry {
        let due: Duration
        let action: @Sendable () -> Void
    }

    private struct State {
        var nextID = 0
        var entries: [Int: Entry] = [:]
        /// The task that sleeps, when it wakes, and a number that tells it from earlier ones.
        var sleeper: (task: Task<Void, Never>, wakesAt: Duration, number: Int)?
    }

    private let state = Mutex(State())
    private let elapsed: @Sendable () -> Duration
    private let sleep: @Sendable (Duration) async throws -> Void

    init<C: Clock<Duration>>(clock: C) {
        elapsed = clock.stopwatch()
        sleep = { try await clock.sleep(for: $0) }
    }

    deinit { state.withLock { $0.sleeper?.task.cancel() } }

    /// Calls `action` after `delay`, unless the deadline is removed before.
    ///
    /// - Returns: what ``remove(_:)`` wants.
    func set(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> Int {
        let now = elapsed()
        return state.withLock { state in
            state.nextID += 1
            state.entries[state.nextID] = Entry(due: now + delay, action: action)
            if let sleeper = state.sleeper {
                guard now + delay < sleeper.wakesAt else { return state.nextID }
                sleeper.task.cancel()
            }
            startSleeping(until: now + delay, now: now, &state)
            return state.nextID
        }
    }

    /// Drops a deadline.
    ///
    /// - Returns: false when it has passed: its action was called, or is about to be.
    func remove(_ id: Int) -> Bool { state.withLock { $0.entries.removeValue(forKey: id) } != nil }

    private func startSleeping(until wakesAt: Duration, now: Duration, _ state: inout State) {
        let number = (state.sleeper?.number ?? 0) + 1
        let task = Task { [weak self, sleep] in
            do { try await sleep(wakesAt - now) } catch { return }
            self?.wake(number)
        }
        state.sleeper = (task, wakesAt, number)
    }

    private func wake(_ number: Int) {
        let now = elapsed()
        let due = state.withLock { state -> [Entry] in
            guard let sleeper = state.sleeper, sleeper.number == number else { return [] }
            let due = state.entries.filter { $0.value.due <= now }
            for id in due.keys { state.entries[id] = nil }
            if let next = state.entries.values.map(\.due).min() {
                startSleeping(until: next, now: now, &state)
            } else {
                state.sleeper = nil
            }
            return Array(due.values)
        }
        for entry in due { entry.action() }
    }
}
