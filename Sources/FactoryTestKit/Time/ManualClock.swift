import Synchronization

/// A clock that moves only when a test says so.
///
/// Sleepers wake when ``advance(by:)`` passes their moment. ``untilSleeping(for:)`` lets a test wait for the code under
/// test to have gone to sleep, so that no test has to guess when that is.
public final class ManualClock: Clock, Sendable {
    /// A moment on this clock.
    public struct Instant: InstantProtocol, Hashable, Sendable {
        let offset: Duration
        /// The moment `duration` later.
        public func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        /// The time from this moment to `other`.
        public func duration(to other: Instant) -> Duration { other.offset - offset }
        /// Orders moments by time.
        public static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        let id: Int
        let due: Instant
        let length: Duration
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct Watcher {
        let isMet: @Sendable ([Sleeper]) -> Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var now = Instant(offset: .zero)
        var nextID = 0
        var sleepers: [Sleeper] = []
        var watchers: [Watcher] = []
        var cancelled: Set<Int> = []

        /// Those who have waited for what is now the case.
        mutating func takeMet() -> [Watcher] {
            let met = watchers.filter { $0.isMet(sleepers) }
            watchers.removeAll { $0.isMet(sleepers) }
            return met
        }
    }

    private let state = Mutex(State())

    /// A clock at its beginning.
    public init() {}

    /// The moment the clock shows.
    public var now: Instant { state.withLock { $0.now } }
    /// Nothing is too small for this clock.
    public var minimumResolution: Duration { .zero }

    /// Moves the clock and wakes whoever's moment has come.
    public func advance(by duration: Duration) {
        let (due, watchers) = state.withLock { state -> ([Sleeper], [Watcher]) in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.due <= state.now }
            state.sleepers.removeAll { $0.due <= state.now }
            return (due, state.takeMet())
        }
        for sleeper in due { sleeper.continuation.resume() }
        for watcher in watchers { watcher.continuation.resume() }
    }

    /// Returns once somebody sleeps for exactly `length`.
    public func untilSleeping(for length: Duration) async {
        await until { $0.contains { $0.length == length } }
    }

    /// Returns once somebody sleeps until each of `moments`, as often as it stands there, and somebody else until
    /// `soonest` or less; moments are times from the clock's beginning.
    public func untilSleeping(until moments: [Duration], andUntilAtMost soonest: Duration?) async {
        await until { sleepers in
            var due = sleepers.map(\.due.offset)
            for moment in moments {
                guard let place = due.firstIndex(of: moment) else { return false }
                due.remove(at: place)
            }
            guard let soonest else { return true }
            return due.contains { $0 <= soonest }
        }
    }

    private func until(_ isMet: @escaping @Sendable ([Sleeper]) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if isMet(state.sleepers) { return true }
                state.watchers.append(Watcher(isMet: isMet, continuation: continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    /// Sleeps until the clock shows `deadline` or later.
    public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enter(id, deadline, continuation)
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func enter(_ id: Int, _ deadline: Instant, _ continuation: CheckedContinuation<Void, any Error>) {
        enum Answer { case wake, cancelled, sleep([Watcher]) }
        let answer = state.withLock { state -> Answer in
            if state.cancelled.remove(id) != nil { return .cancelled }
            if deadline <= state.now { return .wake }
            let length = state.now.duration(to: deadline)
            state.sleepers.append(Sleeper(id: id, due: deadline, length: length, continuation: continuation))
            return .sleep(state.takeMet())
        }
        switch answer {
        case .wake: continuation.resume()
        case .cancelled: continuation.resume(throwing: CancellationError())
        case .sleep(let watchers): for watcher in watchers { watcher.continuation.resume() }
        }
    }

    private func cancel(_ id: Int) {
        let (sleeper, watchers) = state.withLock { state -> (Sleeper?, [Watcher]) in
            guard let place = state.sleepers.firstIndex(where: { $0.id == id }) else {
                state.cancelled.insert(id)
                return (nil, [])
            }
            return (state.sleepers.remove(at: place), state.takeMet())
        }
        sleeper?.continuation.resume(throwing: CancellationError())
        for watcher in watchers { watcher.continuation.resume() }
    }
}
