import Dispatch
import Synchronization

/// Makes and compares what is kept of passwords: few at once, because each takes 128 MiB, and no more waiting than can
/// be served in a time that people wait.
///
/// The work is done on threads of its own, so that nothing else of the program waits for it.
public final class Passwords: Sendable {
    private struct State {
        var running = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let cost: PasswordCost
    private let width: Int
    private let queueLimit: Int
    /// What is compared with where there is no account, so that it takes as long as where there is one.
    private let decoy: String

    /// - Parameters:
    ///   - cost: what a new digest costs.
    ///   - width: how many are worked on at once.
    ///   - queueLimit: how many may wait.
    public init(cost: PasswordCost = .standard, width: Int = 2, queueLimit: Int = 16) {
        self.cost = cost
        self.width = width
        self.queueLimit = queueLimit
        let zeros = String(repeating: "0", count: 32)
        decoy = "scrypt$\(cost.logRounds)$\(cost.blockSize)$\(cost.parallelism)$\(zeros)$\(zeros)\(zeros)"
    }

    /// What is to be kept of `password`.
    public func digest(of password: String) async throws(PasswordError) -> String {
        let cost = cost
        return try await inTurn { () throws(PasswordError) in
            try PasswordDigest(of: password, cost: cost, salt: PasswordDigest.newSalt()).text
        }
    }

    /// Whether `password` is the one that `kept` was made of; never for nil, after the same work.
    public func matches(_ password: String, _ kept: String?) async throws(PasswordError) -> Bool {
        let digest = kept.flatMap { PasswordDigest($0) }
        guard let compared = digest ?? PasswordDigest(decoy) else { return false }
        let isSame = try await inTurn { () throws(PasswordError) in try compared.matches(password) }
        return isSame && digest != nil
    }

    /// True when `kept` was made with other parameters than a new one would be.
    public func isOutdated(_ kept: String) -> Bool { PasswordDigest(kept)?.cost != cost }

    private func inTurn<Value: Sendable>(
        _ work: @escaping @Sendable () throws(PasswordError) -> Value
    ) async throws(PasswordError) -> Value {
        guard await enter() else { throw .busy }
        let result: Result<Value, PasswordError> = await withCheckedContinuation { continuation in
            DispatchQueue.global(qos: .userInitiated).async {
                continuation.resume(returning: Result { () throws(PasswordError) in try work() })
            }
        }
        leave()
        return try result.get()
    }

    /// Waits for a turn; false where too many wait.
    private func enter() async -> Bool {
        let isFull = state.withLock { state in
            if state.running < width {
                state.running += 1
                return false as Bool?
            }
            return state.waiting.count >= queueLimit ? true : nil
        }
        if let isFull { return !isFull }
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.running >= width else {
                    state.running += 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
        return true
    }

    /// Gives the turn to who waits longest.
    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.running -= 1
            return nil
        }
        next?.resume()
    }
}
