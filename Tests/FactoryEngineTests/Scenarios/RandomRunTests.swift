import FactoryDomain
import Testing

@testable import FactoryEngine

/// Random graphs under random failures, delays, pauses, crashes, cancels and retries.
@Suite("Of random runs", .timeLimit(.minutes(10))) struct RandomRunTests {
    /// Seeds that once found something stay here.
    static let kept: [UInt64] = []
    static let blocks: [[UInt64]] = [kept] + (0..<10).map { block in Array(block * 50..<(block + 1) * 50) }

    @Test(
        "each ends, and every step is settled once for each time it was to be run",
        arguments: blocks)
    func machine(_ seeds: [UInt64]) throws {
        for seed in seeds { try machine(seed: seed) }
    }

    private func machine(seed: UInt64) throws {
        var scenario = RandomScenario(seed: seed)
        var rehearsal = try Rehearsal(try scenario.pipeline(), acts: scenario.acts, width: scenario.width)
        var played: [Move] = []
        while let move = scenario.move(in: rehearsal) {
            played.append(move)
            try rehearsal.play(move)
            #expect(rehearsal.running.count <= scenario.width)
            let isWaiting = rehearsal.record.status == .waiting
            #expect(!isWaiting || rehearsal.running.isEmpty, "seed \(seed) waits while something runs: \(played)")
            guard played.count < 500 else { break }
        }
        #expect(rehearsal.record.status.isFinal, "seed \(seed) \(scenario.steps) \(played) \(rehearsal.standing)")
        #expect(rehearsal.steps.allSatisfy { $0.status.isFinal }, "seed \(seed) \(rehearsal.standing)")
        #expect(rehearsal.attempts.allSatisfy { $0.status != .running }, "seed \(seed) \(rehearsal.standing)")
        // Needs settled before a start, nothing after a cancel or in a pause, and what is stored restores the machine.
        #expect(rehearsal.breaches.isEmpty, "seed \(seed) \(scenario.steps) \(played)")
        #expect(rehearsal.settlements.values.allSatisfy { $0 == 1 }, "seed \(seed) \(scenario.steps) \(played)")
        Self.numbers(of: rehearsal.attempts)
    }

    @Test("each stands in an engine where it stands in the machine", arguments: kept + Array(0..<40))
    func engine(_ seed: UInt64) async throws {
        var scenario = RandomScenario(seed: seed)
        let pipeline = try scenario.pipeline()
        var rehearsal = try Rehearsal(pipeline, acts: scenario.acts, width: scenario.width)
        var stage = try await Stage(pipeline, acts: scenario.acts, width: scenario.width)
        try await stage.reach(rehearsal.standing)
        while let move = scenario.move(in: rehearsal) {
            try await stage.play(move, rehearsal)
            try rehearsal.play(move)
            try await stage.reach(rehearsal.standing)
        }
        #expect(try await stage.starts == rehearsal.starts)
        let report = try await stage.report
        Self.numbers(of: report.attempts)
        for event in try await stage.lastEvents() { #expect(event == .runFinished || event == .runChanges) }
        await stage.close()
    }

    /// The attempts of a step are numbered from 1 without a gap, and at most the last of them runs.
    private static func numbers(of attempts: [AttemptRecord]) {
        for (_, tries) in Dictionary(grouping: attempts, by: \.stepRun) {
            let numbers = tries.map(\.number).sorted()
            #expect(numbers == Array(1...tries.count))
        }
    }
}
