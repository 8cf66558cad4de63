import FactoryDomain
import FactoryJSON

extension ScenarioTables {
    /// Who starts after whom.
    static let order: [Scenario] = [
        Scenario("runs steps without `needs` one after the other", ["a", "b", "c"], ends: "a+ b+ c+", order: "a b c"),
        Scenario(
            "starts a step with `needs: []` at once", ["a", "b needs: []"], acts: ["a": [.hang], "b": [.hang]],
            moves: [.check("a> b>"), .now("b", .succeed), .now("a", .succeed)], ends: "a+ b+", order: "a b"),
        Scenario(
            "starts a step when the last of its needs is settled, not before",
            ["a needs: []", "b needs: []", "c needs: [a, b]"], acts: ["a": [.hang], "b": [.hang]],
            moves: [.now("b", .succeed), .check("a> b+ c."), .now("a", .succeed)], ends: "a+ b+ c+", order: "a b c"),
        Scenario(
            "starts everything that one step was waited for by", ["a", "b needs: [a]", "c needs: [a]"],
            acts: ["b": [.hang], "c": [.hang]],
            moves: [.check("a+ b> c>"), .now("c", .succeed), .now("b", .succeed)], ends: "a+ b+ c+", order: "a b c"),
        Scenario(
            "joins the ends of parallel steps where `needs` is absent", ["a needs: []", "b needs: []", "c"],
            acts: ["a": [.hang], "b": [.hang]],
            moves: [.now("a", .succeed), .check("a+ b> c."), .now("b", .succeed)], ends: "a+ b+ c+", order: "a b c"),
        Scenario(
            "adds a need for a reference to a step's output",
            ["a needs: []", "b needs: [], if: \"dyn(steps.a.output).step == 'a'\""], acts: ["a": [.hang]],
            moves: [.check("a> b."), .now("a", .succeed)], ends: "a+ b+", order: "a b"),
        Scenario(
            "may need a step that stands below it", ["a needs: [b]", "b needs: []"], ends: "a+ b+", order: "b a"),
        Scenario(
            "runs a diamond's tip once", ["a", "b needs: [a]", "c needs: [a]", "d needs: [b, c]", "e needs: [d, a]"],
            acts: ["b": [.hang], "c": [.hang]],
            moves: [.now("c", .succeed), .now("b", .succeed)], ends: "a+ b+ c+ d+ e+", order: "a b c d e"),
        Scenario(
            "keeps to the width of its lane, and to the order in which steps became ready",
            ["a needs: []", "b needs: []", "c needs: []", "d needs: []"],
            acts: ["a": [.hang], "b": [.hang], "c": [.hang], "d": [.hang]],
            moves: [
                .check("a> b> c. d."), .now("b", .succeed), .check("a> b+ c> d."), .now("c", .succeed),
                .check("a> b+ c+ d>"), .now("a", .succeed), .now("d", .succeed),
            ], ends: "a+ b+ c+ d+", order: "a b c d", width: 2),
        Scenario(
            "gives a place in its lane on to a step that just became ready, behind those that waited",
            ["a needs: []", "b needs: []", "c needs: [a]"], ends: "a+ b+ c+", order: "a b c", width: 1),
    ]
}
