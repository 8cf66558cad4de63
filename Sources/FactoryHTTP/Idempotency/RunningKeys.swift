import Synchronization

/// The idempotency keys of requests that are being done now.
final class RunningKeys: Sendable {
    private let keys = Mutex<Set<String>>([])

    /// False when a request with this key is being done.
    func enter(_ key: String) -> Bool { keys.withLock { $0.insert(key).inserted } }

    func leave(_ key: String) { keys.withLock { _ = $0.remove(key) } }
}
