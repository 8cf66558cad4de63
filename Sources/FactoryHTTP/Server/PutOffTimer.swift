import NIOCore

/// Acts at a moment that is put off again and again.
///
/// Every request sets a deadline and takes it back. The event loop's timer is left as it is meanwhile and looks, when it
/// fires, whether the moment has come: so a request costs no place in the loop's list, and a connection that rests one
/// timer at most. To be used on the loop alone.
final class PutOffTimer {
    private var due: NIODeadline?
    private var scheduled: (at: NIODeadline, task: Scheduled<Void>)?
    private let act: () -> Void
    private let loop: any EventLoop

    init(_ loop: any EventLoop, _ act: @escaping () -> Void) {
        self.loop = loop
        self.act = act
    }

    /// Whether a moment is set.
    var isSet: Bool { due != nil }

    /// Acts in `seconds`, and not at any moment set before.
    func set(_ seconds: Int64) {
        let due = loop.now + .seconds(seconds)
        self.due = due
        if let scheduled {
            guard scheduled.at > due else { return }
            scheduled.task.cancel()
        }
        schedule(due)
    }

    /// Does not act.
    func clear() { due = nil }

    /// Does not act any more, and leaves nothing behind.
    func end() {
        due = nil
        scheduled?.task.cancel()
        scheduled = nil
    }

    private func schedule(_ moment: NIODeadline) {
        scheduled = (moment, loop.assumeIsolated().scheduleTask(deadline: moment) { self.fire() })
    }

    private func fire() {
        scheduled = nil
        guard let due else { return }
        guard due <= loop.now else { return schedule(due) }
        self.due = nil
        act()
    }
}
