import FactoryDefinition
import FactoryJSON
import Testing

@Suite("A merge of two documents that come from one") struct DocumentMergeTests {
    private static let base = """
        version: 1
        name: demo
        steps:
          - {id: plan, type: prompt, with: {prompt: Plan, seed: 1}}
          - {id: write, type: prompt, with: {prompt: "{{ steps.plan.output.text }}"}}
          - {id: check, type: transform}
        """

    private func merge(_ ours: String, _ theirs: String, base: String = base) throws -> DocumentMerge {
        try DocumentMerge(base: YAML.parse(base), ours: YAML.parse(ours), theirs: YAML.parse(theirs))
    }

    private func ids(_ merge: DocumentMerge) -> [String] {
        (merge.document["steps"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
    }

    @Test("takes what one side changed, field by field")
    func fields() throws {
        let merged = try merge(
            Self.base.replacing("prompt: Plan", with: "prompt: Plan it").replacing("demo", with: "mine"),
            Self.base.replacing("seed: 1", with: "seed: 2").replacing(
                "type: transform", with: "type: transform, title: T"))
        let expected = Self.base.replacing("prompt: Plan, seed: 1", with: "prompt: Plan it, seed: 2")
            .replacing("demo", with: "mine").replacing("type: transform", with: "type: transform, title: T")
        #expect(merged.conflicts.isEmpty)
        #expect(try merged.document == YAML.parse(expected))
    }

    @Test("names a field that both changed, and keeps ours there")
    func conflict() throws {
        let merged = try merge(
            Self.base.replacing("seed: 1", with: "seed: 2"), Self.base.replacing("seed: 1", with: "seed: 3"))
        #expect(
            merged.conflicts.map(\.description) == ["step plan: with.seed: both sides changed it (ours 2, theirs 3)"])
        #expect(merged.conflicts.first?.base == 1)
        #expect(merged.document["steps"]?[0]?["with"]?["seed"] == 2)
        let same = Self.base.replacing("seed: 1", with: "seed: 2")
        #expect(try merge(same, same).conflicts.isEmpty)
    }

    @Test("has the new steps of both sides, and none that one side removed")
    func steps() throws {
        let merged = try merge(
            Self.base.replacing("  - {id: write", with: "  - {id: mine, type: transform}\n  - {id: write"),
            Self.base.replacing("  - {id: check, type: transform}", with: "  - {id: their, type: transform}"))
        #expect(merged.conflicts.isEmpty)
        #expect(ids(merged) == ["plan", "mine", "write", "their"])
        let both = try merge(
            Self.base + "\n  - {id: mine, type: transform}", Self.base + "\n  - {id: their, type: transform}")
        #expect(ids(both) == ["plan", "write", "check", "mine", "their"])
    }

    @Test("names a step that one side removed and the other changed, and keeps it")
    func removed() throws {
        let without = Self.base.replacing("  - {id: check, type: transform}", with: "")
        let changed = Self.base.replacing("type: transform", with: "type: transform, title: T")
        for (ours, theirs) in [(without, changed), (changed, without)] {
            let merged = try merge(ours, theirs)
            #expect(merged.conflicts.map(\.kind) == [.removedAndChanged])
            #expect(merged.conflicts.map(\.step) == ["check"])
            #expect(ids(merged) == ["plan", "write", "check"])
        }
    }

    @Test("follows a new order, and names two")
    func order() throws {
        let lines = Self.base.split(separator: "\n").map(String.init)
        func ordered(_ places: [Int]) -> String { (lines[..<3] + places.map { lines[3 + $0] }).joined(separator: "\n") }
        let theirs = try merge(Self.base.replacing("seed: 1", with: "seed: 2"), ordered([2, 0, 1]))
        #expect(theirs.conflicts.isEmpty)
        #expect(ids(theirs) == ["check", "plan", "write"])
        let both = try merge(ordered([1, 0, 2]), ordered([2, 0, 1]))
        #expect(both.conflicts.map(\.kind) == [.reordered])
        #expect(ids(both) == ["write", "plan", "check"])
    }

    @Test("follows a step that one side renamed, and names one that both did")
    func renamed() throws {
        func renaming(_ id: String) -> String {
            Self.base.replacing("id: plan", with: "id: \(id)").replacing("steps.plan", with: "steps.\(id)")
        }
        let changed = Self.base.replacing(
            "type: transform", with: "type: transform, with: {input: '{{ steps.plan.output.text }}'}")
        for merged in [try merge(renaming("outline"), changed), try merge(changed, renaming("outline"))] {
            #expect(merged.conflicts.isEmpty)
            #expect(ids(merged) == ["outline", "write", "check"])
            #expect(merged.document["steps"]?[2]?["with"]?["input"] == "{{ steps.outline.output.text }}")
        }
        let both = try merge(renaming("one"), renaming("two"))
        #expect(both.conflicts.map(\.kind) == [.renamed])
        #expect(try both.document == YAML.parse(renaming("one")))
    }

    @Test("with a side that changed nothing is the other side")
    func identity() throws {
        var random = SeededRandom(seed: 4)
        for _ in 0..<300 {
            let base: JSON = ["a": RandomJSON().value(depth: 3, using: &random), "steps": [["id": "x"], ["id": "y"]]]
            let other: JSON = ["a": RandomJSON().value(depth: 3, using: &random), "steps": [["id": "y"], ["id": "z"]]]
            for merged in [
                DocumentMerge(base: base, ours: base, theirs: other),
                DocumentMerge(base: base, ours: other, theirs: base),
                DocumentMerge(base: base, ours: other, theirs: other),
            ] {
                #expect(merged.document == other)
                #expect(merged.conflicts.isEmpty)
            }
        }
    }
}
