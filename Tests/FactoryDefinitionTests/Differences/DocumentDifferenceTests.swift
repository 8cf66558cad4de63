import FactoryDefinition
import FactoryJSON
import Testing

@Suite("The difference of two documents") struct DocumentDifferenceTests {
    private static let base = """
        version: 1
        name: demo
        steps:
          - {id: plan, type: prompt, with: {prompt: Plan}}
          - {id: write, type: prompt, with: {prompt: "{{ steps.plan.output.text }}"}}
          - {id: check, type: transform}
        """

    private func difference(_ after: String) throws -> DocumentDifference {
        try DocumentDifference(from: YAML.parse(Self.base), to: YAML.parse(after))
    }

    @Test("is nothing for another order of keys and another layout")
    func same() throws {
        let other = Self.base.replacing("version: 1\nname: demo\n", with: "name: demo # x\nversion: 1\n")
            .replacing("{id: check, type: transform}", with: "\n    type: transform\n    id: check")
        #expect(try difference(other).isEmpty)
        #expect(try difference(other).description == "no difference")
    }

    @Test("names changed fields of steps and of the document with what stood and what stands there")
    func fields() throws {
        let found = try difference(
            Self.base.replacing("prompt: Plan", with: "prompt: Plan it, seed: 1").replacing("demo", with: "other")
                .replacing("type: transform}", with: "type: transform, title: T}"))
        #expect(
            found.description == """
                ~ name: "demo" → "other"
                ~ step plan: with.prompt: "Plan" → "Plan it"
                + step plan: with.seed: 1
                + step check: title: "T"
                """)
    }

    @Test("tells added and removed steps, with the edges")
    func steps() throws {
        let found = try difference(
            Self.base.replacing(
                "  - {id: check, type: transform}", with: "  - {id: last, type: transform, needs: [plan]}"))
        #expect(found.addedSteps == ["last"])
        #expect(found.removedSteps == ["check"])
        #expect(found.addedEdges.map { [$0.from, $0.to] } == [["plan", "last"]])
        #expect(found.removedEdges.map { [$0.from, $0.to] } == [["write", "check"]])
        #expect(found.description.contains("- check needs write\n+ last needs plan"))
    }

    @Test("tells a renamed step from a removed and an added one, and its references from changes")
    func renamed() throws {
        let found = try difference(
            Self.base.replacing("id: plan", with: "id: outline").replacing("steps.plan", with: "steps.outline"))
        #expect(found.renamedSteps.map { [$0.before, $0.after] } == [["plan", "outline"]])
        #expect(found.description == "~ step plan is now outline")
    }

    @Test("tells the fewest moves")
    func moved() throws {
        let steps = (0..<6).map { "  - {id: s\($0), type: transform, needs: []}\n" }
        let head = "version: 1\nname: demo\nsteps:\n"
        let found = try DocumentDifference(
            from: YAML.parse(head + steps.joined()),
            to: YAML.parse(head + ([steps[4]] + steps[0..<4] + steps[5...]).joined()))
        #expect(found.movedSteps.map(\.step) == ["s4"])
        #expect(found.description == "~ step s4 moved from place 5 to 1")
    }
}
