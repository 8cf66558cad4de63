import Synchronization
import Testing

@testable import FactoryEngine

@Suite("Lanes") struct LanesTests {
    /// Who was handed a place, in order.
    final class Ledger: Sendable {
        private let ids = Mutex<[Int]>([])
        var all: [Int] { ids.withLock { $0 } }
        func waiter(_ id: Int) -> Lanes.Waiter { { [self] _ in ids.withLock { $0.append(id) } } }
    }

    let lanes = Lanes(widths: LaneWidths(code: 2, other: 1))
    let ledger = Ledger()

    @Test("give as many places as they are wide, each kind of work for itself")
    func width() {
        #expect(lanes.take(.code) && lanes.take(.code))
        #expect(!lanes.take(.code))
        #expect(lanes.take(.other))
        #expect(!lanes.take(.other))
        lanes.give(back: .code)
        #expect(lanes.take(.code))
    }

    @Test("hand a free place to the first who waits")
    func order() {
        #expect(lanes.take(.other))
        for id in 1...3 { lanes.wait(for: .other, as: id, ledger.waiter(id)) }
        lanes.give(back: .other)
        #expect(ledger.all == [1])
        lanes.give(back: .other)
        lanes.give(back: .other)
        #expect(ledger.all == [1, 2, 3])
        // Each was handed the one place; nobody else has it until it is given back.
        #expect(!lanes.take(.other))
        lanes.give(back: .other)
        #expect(lanes.take(.other))
    }

    @Test("let nobody overtake those who wait")
    func fairness() {
        #expect(lanes.take(.code) && lanes.take(.code))
        lanes.wait(for: .code, as: 1, ledger.waiter(1))
        lanes.wait(for: .code, as: 2, ledger.waiter(2))
        lanes.give(back: .code)
        #expect(!lanes.take(.code))
        #expect(ledger.all == [1])
    }

    @Test("hand a place at once to whoever begins to wait when one is free")
    func immediate() {
        lanes.wait(for: .other, as: 7, ledger.waiter(7))
        #expect(ledger.all == [7])
        #expect(!lanes.take(.other))
    }

    @Test("let the giver keep its place when it is itself the next in line, and only then")
    func keeping() {
        #expect(lanes.take(.other))
        lanes.wait(for: .other, as: 1, ledger.waiter(1))
        lanes.wait(for: .other, as: 2, ledger.waiter(2))
        #expect(lanes.give(back: .other, by: 1))
        #expect(ledger.all.isEmpty)
        #expect(!lanes.give(back: .other, by: 1))
        #expect(ledger.all == [2])
    }

    @Test("forget who no longer waits")
    func forget() {
        #expect(lanes.take(.other))
        lanes.wait(for: .other, as: 1, ledger.waiter(1))
        lanes.wait(for: .other, as: 2, ledger.waiter(2))
        lanes.forget(1)
        lanes.give(back: .other)
        #expect(ledger.all == [2])
    }
}
