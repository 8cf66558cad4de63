import FactoryDomain
import Foundation
import Testing

@Suite("docs/run-lifecycle.md") struct LifecycleDocumentTests {
    private static let text: String? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try? String(contentsOf: root.appending(path: "docs/run-lifecycle.md"), encoding: .utf8)
    }()

    @Test("has the statuses of runs, steps and attempts and the reasons to skip a step in its tables, and no other")
    func tables() throws {
        let text = try #require(Self.text)
        let tables = text.split(separator: "\n\n").filter { $0.hasPrefix("| ") }
        let named = tables.map { table in
            table.split(separator: "\n").filter { $0.hasPrefix("| `") && !$0.hasPrefix("| `skipped_because`") }
                .compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
        }
        #expect(
            named == [
                RunStatus.allCases.map(\.rawValue), StepStatus.allCases.map(\.rawValue),
                SkipReason.allCases.map(\.rawValue), AttemptStatus.allCases.map(\.rawValue),
            ])
    }

    @Test("draws every change of status that scenarios and random runs make, and no other")
    func diagrams() throws {
        var seen = Transitions()
        for scenario in ScenarioTests.all {
            var rehearsal = try Rehearsal(try scenario.pipeline(), acts: scenario.acts, width: scenario.width)
            for move in scenario.moves { try rehearsal.play(move) }
            seen.formUnion(rehearsal.seen)
        }
        for seed in UInt64(0)..<100 {
            var scenario = RandomScenario(seed: seed)
            var rehearsal = try Rehearsal(try scenario.pipeline(), acts: scenario.acts, width: scenario.width)
            while let move = scenario.move(in: rehearsal) { try rehearsal.play(move) }
            seen.formUnion(rehearsal.seen)
        }
        let drawn = try #require(Self.text).split(separator: "```mermaid").dropFirst().map(Self.edges)
        try #require(drawn.count == 3)
        #expect(drawn[0].sorted() == seen.runs.all.sorted())
        #expect(drawn[1].sorted() == seen.steps.all.sorted())
        #expect(drawn[2].sorted() == seen.attempts.all.sorted())
    }

    @Test("names every event that concerns the run as a whole")
    func events() throws {
        let text = try #require(Self.text)
        for kind in RunEvent.Kind.allCases where kind.rawValue.hasPrefix("run.") {
            #expect(text.contains("`\(kind.rawValue)`"), "\(kind.rawValue) is missing")
        }
    }

    /// The arrows of a diagram between two statuses, without what is written at them.
    private static func edges(_ block: Substring) -> Set<String> {
        let lines = block.prefix { $0 != "`" }.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        return Set(
            lines.filter { $0.contains(" --> ") && !$0.hasPrefix("[*]") }
                .compactMap { $0.split(separator: ":").first.map(String.init) })
    }
}
