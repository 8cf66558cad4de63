import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryStore
import FactoryTestKit
import Synchronization
import Testing

@Suite("A feed of a run's events", .timeLimit(.minutes(2))) struct RunFeedTests {
    let bench = Bench()
    let vault = SecretVault(values: [:], nonce: "nonce")

    /// A step that writes `pieces` pieces of text, some of them long, with characters of several bytes.
    static func writer(_ pieces: Int, seed: UInt64, then end: Signal? = nil) -> ScriptedExecutor.Action {
        { work throws(StepFailure) in
            var random = SeededGenerator(seed: seed)
            for piece in 0..<pieces {
                let length =
                    Int.random(in: 0..<100, using: &random) == 0 ? 3_000 : Int.random(in: 1...40, using: &random)
                let text = String(repeating: "é", count: length) + "\(piece);"
                if piece % 5 == 0 {
                    work.announce(.log(.stderr, text))
                } else {
                    work.announce(.text(text))
                }
                if piece % 100 == 0 { work.announce(.progress(done: Double(piece), of: nil, note: nil)) }
                if piece % 7 == 0 { await Task.yield() }
            }
            await end?.wait()
            return .value(1)
        }
    }

    static let document =
        "steps:\n" + step("a") + step("b", "needs: []") + step("c", "needs: [a]") + step("d", "needs: [b, c]")

    func check(_ record: FeedRecord, _ id: ID<Run>, _ store: any RunStore) async throws {
        #expect(record.problems.isEmpty, "\(record.problems.prefix(5))")
        #expect(record.stored == (try await store.events(of: id, after: 0, limit: 10_000)))
        var texts: [FeedRecord.Source: String] = [:]
        for text in try await store.texts(of: id) {
            let source = FeedRecord.Source(step: text.step, attempt: Int64(text.number), stream: text.stream)
            let chunks = try await store.chunks(of: text, in: id, after: 0, limit: 10_000)
            texts[source] = chunks.map(\.text).joined()
        }
        for (source, text) in texts {
            #expect(record.texts[source] == text, "\(source): \(record.texts[source]?.count ?? -1) of \(text.count)")
        }
        #expect(record.texts.keys.allSatisfy { texts[$0] != nil })
    }

    @Test("gives every event once and in order to readers that come and go", arguments: 1...4 as ClosedRange<UInt64>)
    func comingAndGoing(seed: UInt64) async throws {
        let executor = ScriptedExecutor([
            "a": Self.writer(800, seed: seed), "b": Self.writer(1_500, seed: seed + 100),
            "c": Self.writer(400, seed: seed + 200),
        ])
        try await bench.withEngine([executor]) { engine, store in
            let run = try await engine.start(try bench.request(Self.document))
            let records = try await withThrowingTaskGroup(of: FeedRecord.self) { group in
                for reader in 0..<4 as Range<UInt64> {
                    group.addTask {
                        var record = FeedRecord()
                        while !record.hasFinished {
                            try Task.checkCancellation()
                            try await record.read(run.id, of: engine, seed: seed &* 31 &+ reader)
                        }
                        return record
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for record in records { try await check(record, run.id, store) }
            // And once more, long after it ended.
            var late = FeedRecord()
            try await late.read(run.id, of: engine, seed: seed)
            try await check(late, run.id, store)
        }
    }

    @Test("goes on where a reader was when another engine takes the run over", arguments: 1...4 as ClosedRange<UInt64>)
    func restart(seed: UInt64) async throws {
        let (isWritten, release) = (Signal(), Signal())
        let dying = ScriptedExecutor([
            "a": { work throws(StepFailure) in
                _ = try await Self.writer(1_200, seed: seed)(work)
                isWritten.fire()
                await release.wait()
                return .value(1)
            },
            "b": Self.writer(300, seed: seed + 1, then: release),
        ])
        let living = ScriptedExecutor([
            "a": Self.writer(700, seed: seed + 2), "b": Self.writer(700, seed: seed + 3),
            "c": Self.writer(100, seed: seed + 4),
        ])
        try await bench.withEngine([dying]) { old, store in
            let run = try await old.start(try bench.request(Self.document))
            var record = FeedRecord()
            reading: for try await batch in old.feed(of: run.id) {
                for event in batch {
                    try record.take(event)
                    if record.texts.values.reduce(0, { $0 + $1.count }) > 4_000 * Int(seed) { break reading }
                }
            }
            await isWritten.wait()
            // What the dead engine had shown and not kept is gone with it: a reader may have seen more than is there.
            let seen = record.texts
            try await bench.withEngine([living]) { new, store in
                _ = try await new.resume(run.id, secrets: vault)
                while !record.hasFinished { try await record.read(run.id, of: new, seed: seed) }
                #expect(record.problems.isEmpty, "\(record.problems.prefix(5))")
                #expect(record.stored == (try await store.events(of: run.id, after: 0, limit: 10_000)))
                for text in try await store.texts(of: run.id) {
                    let source = FeedRecord.Source(step: text.step, attempt: Int64(text.number), stream: text.stream)
                    let kept = try await store.chunks(of: text, in: run.id, after: 0, limit: 10_000).map(\.text)
                        .joined()
                    let given = try #require(record.texts[source])
                    #expect(given == kept || (given.hasPrefix(kept) && given == seen[source]), "\(source)")
                }
                release.fire()
                for await _ in run.events {}
            }
        }
    }

    @Test("of a run that was interrupted gives what there is and ends")
    func interrupted() async throws {
        let (isWritten, release) = (Signal(), Signal())
        let executor = ScriptedExecutor([
            "a": { work throws(StepFailure) in
                work.announce(.text(String(repeating: "x", count: LogSize.chunk)))
                work.announce(.text("tail"))
                isWritten.fire()
                await release.wait()
                return .value(1)
            }
        ])
        let isKept = Signal()
        let observer = Observer { if !$0.commit.logs.isEmpty { isKept.fire() } }
        try await bench.withEngine([executor], observers: [observer]) { old, _ in
            let run = try await old.start(try bench.request("steps:\n" + step("a")))
            await isWritten.wait()
            await isKept.wait()
            let next = try await bench.engine([executor])
            var record = FeedRecord()
            for try await batch in next.feed(of: run.id) { for event in batch { try record.take(event) } }
            #expect(record.problems.isEmpty)
            #expect(record.stored.map(\.kind) == [.runCreated, .runStarted, .attemptStarted])
            #expect(record.texts.values.map(\.utf8.count) == [LogSize.chunk])
            release.fire()
            for await _ in run.events {}
        }
    }

    @Test("gives the text of an attempt before the event that ends it, and not again when its step is cancelled later")
    func attempts() async throws {
        let executor = ScriptedExecutor([
            "a": { work throws(StepFailure) in
                work.announce(.text("attempt \(work.attemptNumber)"))
                throw StepFailure(code: "network_error", class: .network, message: "cut")
            },
            "b": { work throws(StepFailure) in
                work.announce(.log(.stdout, "b"))
                return .value(1)
            },
        ])
        try await bench.withEngine([executor]) { engine, store in
            let run = try await engine.start(
                try bench.request(
                    "steps:\n" + step("a", "retry: {max_attempts: 3, delay: 100s, jitter: false, backoff: fixed}")
                        + step("b", "needs: []")))
            await bench.clock.untilSleeping(for: .seconds(100))
            bench.clock.advance(by: .seconds(100))
            var live = FeedRecord()
            for try await batch in engine.feed(of: run.id) {
                for event in batch { try live.take(event) }
                if live.stored.count(where: { $0.kind == .attemptFailed }) == 2 { break }
            }
            try await engine.cancel(run.id)
            try await live.read(run.id, of: engine, seed: 1)
            var late = FeedRecord()
            var order: [String] = []
            for try await batch in engine.feed(of: run.id) {
                for event in batch {
                    try late.take(event)
                    if event.event.step == "a" { order.append(event.event.kind.rawValue) }
                }
            }
            for record in [live, late] { try await check(record, run.id, store) }
            #expect(
                order.prefix(8) == [
                    "attempt.started", "token", "attempt.failed", "step.waiting", "attempt.started", "token",
                    "attempt.failed", "step.waiting",
                ])
            #expect(late.texts.count == 3)
        }
    }

    @Test("ends when its reader is cancelled")
    func cancelled() async throws {
        let (started, release) = (Signal(), Signal())
        let executor = ScriptedExecutor([
            "a": { _ throws(StepFailure) in
                started.fire()
                await release.wait()
                return .value(1)
            }
        ])
        try await bench.withEngine([executor]) { engine, _ in
            let run = try await engine.start(try bench.request("steps:\n" + step("a")))
            defer { release.fire() }
            await started.wait()
            let isReading = Signal()
            let reader = Task {
                var count = 0
                for try await batch in engine.feed(of: run.id) {
                    count += batch.count
                    isReading.fire()
                }
                return count
            }
            await isReading.wait()
            reader.cancel()
            #expect(try await reader.value == 3)
        }
    }

    @Test("takes a position behind the last event for the last event")
    func behindTheEnd() async throws {
        try await bench.withEngine([ScriptedExecutor()]) { engine, _ in
            let run = try await engine.start(try bench.request("steps:\n" + step("a")))
            for await _ in run.events {}
            for try await batch in engine.feed(of: run.id, after: EventPosition(sequence: 999)) {
                Issue.record("\(batch.count) events")
            }
        }
    }

    @Test("writes an event once in the form of server-sent events")
    func frame() async throws {
        try await bench.withEngine([ScriptedExecutor(["a": Self.writer(3, seed: 1)])]) { engine, _ in
            let run = try await engine.start(try bench.request("steps:\n" + step("a")))
            for try await batch in engine.feed(of: run.id) {
                for event in batch {
                    let json = String(decoding: event.json, as: UTF8.self)
                    #expect(json == event.event.json(run: run.id).serialized())
                    let head = "id: \(event.position)\nevent: \(event.event.kind.rawValue)\n"
                    #expect(String(decoding: event.frame, as: UTF8.self) == head + "data: \(json)\n\n")
                }
            }
        }
    }
}

/// Tells a test of every decision that was kept.
struct Observer: RunObserver {
    let body: @Sendable (KeptDecision) -> Void

    init(_ body: @escaping @Sendable (KeptDecision) -> Void) { self.body = body }

    func kept(_ decision: KeptDecision) { body(decision) }
    func left(_ run: ID<Run>) {}
}

/// Sizes the engine keeps log text in.
enum LogSize {
    static let chunk = 16 * 1024
}
