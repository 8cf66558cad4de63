import NIOCore
import NIOEmbedded
import Testing

@testable import FactoryHTTP

@Suite("A timer that is put off") final class PutOffTimerTests {
    let loop = EmbeddedEventLoop()
    var times = 0
    lazy var timer = PutOffTimer(loop) { self.times += 1 }

    private func pass(_ seconds: Int64) { loop.advanceTime(by: .seconds(seconds)) }

    @Test("acts when its moment has come, once")
    func acts() {
        timer.set(10)
        pass(9)
        #expect(times == 0)
        pass(1)
        #expect(times == 1)
        pass(100)
        #expect(times == 1)
        #expect(!timer.isSet)
    }

    @Test("acts at the moment set last, later or earlier than the one before", arguments: [(10, 30), (30, 10)])
    func putOff(_ first: Int64, _ second: Int64) {
        timer.set(first)
        timer.set(second)
        pass(second - 1)
        #expect(times == 0)
        pass(1)
        #expect(times == 1)
        pass(100)
        #expect(times == 1)
    }

    @Test("does not act when it was cleared, and acts when it is set once more")
    func cleared() {
        timer.set(10)
        timer.clear()
        pass(5)
        timer.set(10)
        pass(9)
        #expect(times == 0)
        pass(1)
        #expect(times == 1)
    }

    @Test("leaves nothing in the loop when it ends")
    func ended() {
        timer.set(10)
        timer.end()
        pass(100)
        #expect(times == 0)
    }
}
