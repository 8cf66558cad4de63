import FactoryBlobs
import FactoryDomain
import FactoryStore
import Synchronization

/// Holds writes back while the disk is full, and lets them go on when there is room again.
///
/// The first write that finds no room tries again after a delay that doubles; all others wait for it. So there is one
/// timer while the disk is full, and none otherwise.
final class RoomWatch: Sendable {
    /// Time before the first retry.
    static let firstDelay = Duration.seconds(1)
    /// The longest time between two retries.
    static let longestDelay = Duration.seconds(30)

    private struct State {
        var health = EngineHealth.ready
        var isProbing = false
        /// How often room was found again.
        var mendings = 0
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let policy: FullDiskPolicy
    private let clock: any Clock<Duration>
    private let now: @Sendable () -> Timestamp

    init(policy: FullDiskPolicy, clock: any Clock<Duration>, now: @escaping @Sendable () -> Timestamp) {
        self.policy = policy
        self.clock = clock
        self.now = now
    }

    var health: EngineHealth { state.withLock { $0.health } }

    /// Does `write`, again and again while the disk is full.
    ///
    /// - Parameter isFull: whether an error says that the disk is full.
    /// - Throws: what `write` throws; a full disk only where the policy is to give up, or the task is cancelled.
    func write<Value, Failure: Error>(
        isolation: isolated (any Actor)? = #isolation, isFull: (Failure) -> Bool,
        _ write: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        var delay = Self.firstDelay
        var isProber = false
        defer { if isProber { release() } }
        while true {
            let mendings = state.withLock { $0.mendings }
            do throws(Failure) {
                let value = try await write()
                if isProber { end(.diskFull) }
                return value
            } catch {
                guard isFull(error) else { throw error }
                let isNews = noteFull(seen: mendings)
                guard policy == .wait, !Task.isCancelled else { throw error }
                // Room was found while this write was under way.
                if !isNews { continue }
            }
            isProber = isProber || beginProbing()
            if isProber {
                // A cancelled sleep ends at the check above, after one more try.
                try? await clock.sleep(for: delay)
                delay = min(delay * 2, Self.longestDelay)
            } else {
                await probed()
            }
        }
    }

    /// Notes that the store failed a write for another reason than a full disk.
    func storeFailed(_ error: StoreError) {
        let reason: String
        switch error {
        case .unavailable(let text): reason = text
        // The first is noted as it happens, the others say nothing about the disk.
        case .diskFull, .notFound, .staleLease, .held, .newer, .changed, .exists, .nameTaken, .full, .otherKey: return
        }
        state.withLock { state in
            if case .storeFailing = state.health { return }
            state.health = .storeFailing(since: now(), reason: reason)
        }
    }

    /// Notes that the store took a write.
    func storeWrote() { end(.store) }

    private enum Trouble { case diskFull, store }

    private func end(_ trouble: Trouble) {
        state.withLock { state in
            switch (state.health, trouble) {
            case (.diskFull, .diskFull):
                state.health = .ready
                state.mendings += 1
            case (.storeFailing, .store): state.health = .ready
            default: break
            }
        }
    }

    /// False where room was found since `mendings` were counted.
    private func noteFull(seen mendings: Int) -> Bool {
        state.withLock { state in
            guard state.mendings == mendings else { return false }
            if case .diskFull = state.health { return true }
            state.health = .diskFull(since: now())
            return true
        }
    }

    private func beginProbing() -> Bool {
        state.withLock { state in
            guard !state.isProbing else { return false }
            state.isProbing = true
            return true
        }
    }

    /// The one that probes leaves, with or without room: whoever waits tries for itself, and one of them probes on.
    private func release() {
        let waiters = state.withLock { state in
            state.isProbing = false
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    private func probed() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                guard state.isProbing else { return true }
                state.waiters.append(continuation)
                return false
            }
            if isOver { continuation.resume() }
        }
    }
}
