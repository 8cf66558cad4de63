import Testing

@testable import FactoryEngine

@Suite("A mailbox") struct MailboxTests {
    @Test("gives everything that has come at once, in order")
    func bulk() async {
        let mailbox = Mailbox<Int>()
        for number in 0..<5 { mailbox.post(number) }
        #expect(await mailbox.take() == [0, 1, 2, 3, 4])
    }

    @Test("wakes the reader that waits for the first message")
    func wakes() async {
        let mailbox = Mailbox<Int>()
        async let read = mailbox.take()
        mailbox.post(7)
        #expect(await read == [7])
    }

    @Test("loses nothing and doubles nothing of what many post while one reads")
    func many() async {
        let mailbox = Mailbox<Int>()
        let total = 5_000
        let read = await withTaskGroup(of: Void.self) { group in
            for writer in 0..<10 {
                group.addTask { for number in 0..<(total / 10) { mailbox.post(writer * total + number) } }
            }
            var read: [Int] = []
            while read.count < total { read += await mailbox.take() }
            return read
        }
        #expect(Set(read).count == total)
        // The messages of one writer stay in its order.
        #expect(
            (0..<10).allSatisfy { writer in
                let own = read.filter { $0 / total == writer }
                return own == own.sorted()
            })
    }

    @Test("lets one writer act in the place of a reader that waits; what comes meanwhile is the reader's")
    func turn() async {
        let mailbox = Mailbox<Int>()
        #expect(!mailbox.takeTurn())
        async let read = mailbox.take()
        while !mailbox.takeTurn() { await Task.yield() }
        #expect(!mailbox.takeTurn())
        mailbox.post(1)
        mailbox.post(2)
        mailbox.endTurn(wakesReader: false)
        #expect(await read == [1, 2])
        #expect(!mailbox.takeTurn())
    }

    @Test("leaves a reader waiting after a turn in which nothing came, or wakes it with nothing")
    func turnWithoutMessages() async {
        let mailbox = Mailbox<Int>()
        async let read = mailbox.take()
        while !mailbox.takeTurn() { await Task.yield() }
        mailbox.endTurn(wakesReader: false)
        #expect(mailbox.takeTurn())
        mailbox.endTurn(wakesReader: true)
        #expect(await read.isEmpty)
    }

    @Test("takes nothing once it is closed, and says so; what was not read is given back")
    func closed() {
        let mailbox = Mailbox<Int>()
        #expect(mailbox.post(1))
        #expect(mailbox.close() == [1])
        #expect(!mailbox.post(2))
        #expect(mailbox.close().isEmpty)
    }
}
