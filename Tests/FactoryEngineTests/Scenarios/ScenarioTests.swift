import FactoryDomain
import Testing

@testable import FactoryEngine

@Suite("Of the scenarios of a run", .timeLimit(.minutes(10))) struct ScenarioTests {
    static let all: [Scenario] = ScenarioTables.all

    @Test("there are at least eighty, and no two have the same name")
    func count() {
        #expect(Self.all.count >= 80)
        #expect(Set(Self.all.map(\.name)).count == Self.all.count)
    }

    @Test("the machine", arguments: all)
    func machine(_ scenario: Scenario) throws {
        var rehearsal = try Rehearsal(try scenario.pipeline(), acts: scenario.acts, width: scenario.width)
        for move in scenario.moves { try rehearsal.play(move) }
        #expect(Notation.line(rehearsal.steps, rehearsal.attempts) == scenario.ends)
        #expect(Notation.run(rehearsal.record) == scenario.run)
        #expect(rehearsal.breaches.isEmpty)
        if rehearsal.record.status.isFinal {
            #expect(rehearsal.settlements.values.allSatisfy { $0 == 1 }, "a step was settled twice")
        }
        if let order = scenario.order { #expect(rehearsal.starts.joined(separator: " ") == order) }
    }

    @Test("the engine", arguments: all)
    func engine(_ scenario: Scenario) async throws {
        let pipeline = try scenario.pipeline()
        var rehearsal = try Rehearsal(pipeline, acts: scenario.acts, width: scenario.width)
        var stage = try await Stage(pipeline, acts: scenario.acts, width: scenario.width)
        try await stage.reach(rehearsal.standing)
        for move in scenario.moves {
            try await stage.play(move, rehearsal)
            try rehearsal.play(move)
            try await stage.reach(rehearsal.standing)
        }
        let report = try await stage.report
        #expect(Notation.line(report.steps, report.attempts) == scenario.ends)
        #expect(Notation.run(report.run) == scenario.run)
        for (step, text) in scenario.texts { #expect(try report.step(step).skipped?.text == text) }
        if let order = scenario.order { #expect(try await stage.starts.joined(separator: " ") == order) }
        await stage.close()
    }
}

/// The scenarios, by what they are about.
enum ScenarioTables {
    static let all: [Scenario] = [
        order, skips, failures, branches, retries, time, cancels, pauses, crashes, again, alone,
    ].flatMap { $0 }
}
