import FactoryDomain
import Synchronization

/// When providers were last asked for their models, so that one that does not answer is not waited for at every request.
final class DiscoveryLooks: Sendable {
    /// How long one that did not answer is left alone.
    static let pause = Duration.seconds(60)

    private let moments = Mutex<[String: Timestamp]>([:])

    func note(_ provider: String, at moment: Timestamp) { moments.withLock { $0[provider] = moment } }

    func isDue(_ provider: String, at moment: Timestamp) -> Bool {
        guard let last = moments.withLock({ $0[provider] }) else { return true }
        return last.adding(Self.pause) <= moment || moment < last
    }
}
