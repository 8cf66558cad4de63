import Synchronization

/// Says once that something shall come to its end.
final class StopFlag: Sendable {
    private let flag = Atomic(false)

    init() {}

    func raise() { flag.store(true, ordering: .relaxed) }

    var isRaised: Bool { flag.load(ordering: .relaxed) }
}
