import FactoryDomain
import FactoryJSON
import FactoryStore
import Testing

@testable import FactoryEngine

@Suite("The buffer of a run's events") struct RunChannelTests {
    let run: ID<Run> = ID(rawValue: "run_1")
    let attempt: ID<Attempt> = ID(rawValue: "att_1")
    let at = Timestamp(milliseconds: 0)

    /// A channel in which the event 1 has started an attempt of the step `a`.
    func channel() -> RunChannel {
        let channel = RunChannel(run: run, after: 0)
        var commit = RunCommit(run: run, number: 1, lease: LeaseToken(rawValue: 1))
        commit.started = [
            AttemptRecord(
                id: attempt, stepRun: ID(rawValue: "sr_1"), number: 1, startEvent: 1, status: .running, startedAt: at)
        ]
        commit.events = [
            RunEvent(sequence: 1, at: at, kind: .attemptStarted, step: "a", data: ["attempt": 1])
        ]
        channel.show(commit)
        return channel
    }

    @Test("stays within its bound, however little is read")
    func bounded() {
        let channel = channel()
        let piece = String(repeating: "x", count: 500)
        for _ in 0..<20_000 { _ = channel.show(piece, .text, of: attempt, at: at) }
        let (bytes, count, first) = channel.withState { ($0.bytes, $0.events.count, $0.first) }
        #expect(bytes <= RunChannel.limitBytes)
        #expect(count < 2 * RunChannel.limitBytes / 500 + 64)
        #expect(first > 19_000)
    }

    @Test("holds the newest event whatever its size, and cuts long text")
    func large() {
        let channel = channel()
        let shown = channel.show(String(repeating: "é", count: 400_000), .stdout, of: attempt, at: at)
        #expect(shown.count == 49)
        #expect(shown.allSatisfy { ($0.data["text"]?.stringValue?.utf8.count ?? 0) <= RunEvent.textLimit })
        #expect(channel.withState { $0.bytes } <= RunChannel.limitBytes)
    }

    @Test("gives readers that keep up the same batch, and a slow one the word that it is behind")
    func deliveries() async {
        let channel = channel()
        guard case .events(let first, let next) = await channel.next(after: 0) else { return #expect(Bool(false)) }
        #expect(first.map(\.position.description) == ["1"])
        for text in ["a", "b", "c"] { _ = channel.show(text, .text, of: attempt, at: at) }
        guard case .events(let one, let end) = await channel.next(after: next),
            case .events(let other, _) = await channel.next(after: next)
        else { return #expect(Bool(false)) }
        #expect(one.map(\.position.description) == ["1.1~1t1", "1.2~1t2", "1.3~1t3"])
        #expect(zip(one, other).allSatisfy { $0 === $1 })
        _ = channel.show(String(repeating: "x", count: 300_000), .text, of: attempt, at: at)
        guard case .behind = await channel.next(after: end) else { return #expect(Bool(false)) }
    }

    @Test("takes a reader in at the very event it had last, and with what it missed of a running text")
    func joining() {
        let channel = channel()
        for text in ["a", "b", "c"] { _ = channel.show(text, .text, of: attempt, at: at) }
        guard let position = EventPosition(parsing: "1.2~1t2"), case .at(3) = channel.join(at: position) else {
            return #expect(Bool(false))
        }
        // The same number with other text given is another place.
        guard let odd = EventPosition(parsing: "1.2~1t1"), case .after(let gap, 4) = channel.join(at: odd) else {
            return #expect(Bool(false))
        }
        #expect(gap.map { $0.event.data["text"] } == ["bc"])
        #expect(gap.map(\.position.description) == ["1.3~1t3"])
        guard case .early = channel.join(at: EventPosition(sequence: 2)) else { return #expect(Bool(false)) }
        guard case .needsEvents = channel.join(at: .start) else { return #expect(Bool(false)) }
        var commit = RunCommit(run: run, number: 1, lease: LeaseToken(rawValue: 1))
        commit.logs = [LogChunk(attempt: attempt, step: "a", stream: "text", at: at, text: "ab")]
        channel.show(commit)
        guard case .needsText(let missing) = channel.join(at: odd) else { return #expect(Bool(false)) }
        #expect(missing.map(\.upTo) == [2])
    }

    @Test("ends its readers when it is closed")
    func closed() async {
        let channel = channel()
        async let waiting = channel.next(after: 1)
        channel.close()
        guard case .closed = await waiting else { return #expect(Bool(false)) }
    }
}
