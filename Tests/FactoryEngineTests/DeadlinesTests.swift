import FactoryTestKit
import Synchronization
import Testing

@testable import FactoryEngine

@Suite("Deadlines") struct DeadlinesTests {
    let clock = ManualClock()
    let passed = Ledger()

    /// Which deadlines passed, in order.
    final class Ledger: Sendable {
        private let names = Mutex<[String]>([])
        var all: [String] { names.withLock { $0 } }
        func note(_ name: String) { names.withLock { $0.append(name) } }
    }

    @Test("call back when their time has passed, and not before")
    func passes() async {
        let deadlines = Deadlines(clock: clock)
        let fired = Signal()
        let id = deadlines.set(after: .seconds(7)) { fired.fire() }
        await clock.untilSleeping(for: .seconds(7))
        clock.advance(by: .seconds(6))
        #expect(deadlines.remove(deadlines.set(after: .seconds(9)) {}))
        clock.advance(by: .seconds(1))
        await fired.wait()
        #expect(!deadlines.remove(id))
    }

    @Test("that come before all others are slept for anew")
    func earlier() async {
        let deadlines = Deadlines(clock: clock)
        let fired = Signal()
        let late = deadlines.set(after: .seconds(60)) { passed.note("late") }
        await clock.untilSleeping(for: .seconds(60))
        _ = deadlines.set(after: .seconds(5)) { fired.fire() }
        await clock.untilSleeping(for: .seconds(5))
        clock.advance(by: .seconds(5))
        await fired.wait()
        #expect(passed.all.isEmpty)
        // The rest of the later one is slept for from here on.
        await clock.untilSleeping(for: .seconds(55))
        #expect(deadlines.remove(late))
    }

    @Test("that were removed call nothing back, and the sleeper goes on to those that are left")
    func removed() async {
        let deadlines = Deadlines(clock: clock)
        let fired = Signal()
        let first = deadlines.set(after: .seconds(1)) { passed.note("removed") }
        await clock.untilSleeping(for: .seconds(1))
        _ = deadlines.set(after: .seconds(3)) { fired.fire() }
        #expect(deadlines.remove(first))
        clock.advance(by: .seconds(1))
        await clock.untilSleeping(for: .seconds(2))
        clock.advance(by: .seconds(2))
        await fired.wait()
        #expect(passed.all.isEmpty)
    }
}

@Suite("A task that others can cancel") struct CancellableTaskTests {
    @Test("is cancelled while it runs its body, and not after")
    func cancels() async {
        let task = CancellableTask()
        let isIn = Signal()
        async let wasCancelled = Task {
            await task.running {
                isIn.fire()
                await Signal.cancellation()
                return Task.isCancelled
            }
        }.value
        await isIn.wait()
        task.cancel()
        #expect(await wasCancelled)

        let other = CancellableTask()
        await Task {
            await other.running {}
            other.cancel()
            #expect(!Task.isCancelled)
        }.value
    }

    @Test("is cancelled at once when that was asked for before it began")
    func before() async {
        let task = CancellableTask()
        task.cancel()
        #expect(await Task { await task.running { Task.isCancelled } }.value)
    }
}
