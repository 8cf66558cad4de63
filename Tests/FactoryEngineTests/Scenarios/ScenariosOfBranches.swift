import FactoryDomain
import FactoryJSON

extension ScenarioTables {
    private static let fork = ["?c | then: [x], else: [y]", "x", "y", "j"]

    /// Conditions: which branch, where they join, `end` and `fail`.
    static let branches: [Scenario] = [
        Scenario(
            "runs the steps of the branch taken and skips those of the other; the join goes on", fork,
            acts: ["c": [.branch("then")]], ends: "c+ x+ y/branch j+", order: "c x j",
            texts: ["y": "`c` took another branch"]),
        Scenario(
            "runs the other branch as well", fork, acts: ["c": [.branch("else")]], ends: "c+ x/branch y+ j+",
            order: "c y j"),
        Scenario(
            "skips the targets of every branch where none is taken, and the join behind them", fork,
            ends: "c+ x/branch y/branch j/branch", texts: ["j": "no branch that leads to it was taken"]),
        Scenario(
            "runs the steps of a branch one after the other", ["?c | then: [x, y], else: [z]", "x", "y", "z"],
            acts: ["c": [.branch("then")]], ends: "c+ x+ y+ z/branch", order: "c x y"),
        Scenario(
            "skips all the steps of a branch not taken", ["?c | then: [x, y], else: [z]", "x", "y", "z", "j"],
            acts: ["c": [.branch("else")]], ends: "c+ x/branch y/branch z+ j+", order: "c z j"),
        Scenario(
            "skips what follows a branch not taken and nothing else",
            ["?c | then: [x], else: [y]", "x", "y", "z needs: [y]", "w needs: [x]"], acts: ["c": [.branch("then")]],
            ends: "c+ x+ y/branch z/branch w+"),
        Scenario(
            "skips a target whose branch was not taken, whatever its other needs",
            ["a needs: []", "?c needs: [] | then: [x], else: [y]", "x needs: [a]", "y"], acts: ["c": [.branch("else")]],
            ends: "a+ c+ x/branch y+"),
        Scenario(
            "waits for the other needs of a target before it is decided",
            ["a needs: []", "?c needs: [] | then: [x], else: [y]", "x needs: [a]", "y"],
            acts: ["a": [.hang], "c": [.branch("then")]],
            moves: [.check("a> c+ x. y/branch"), .now("a", .succeed)], ends: "a+ c+ x+ y/branch"),
        Scenario(
            "runs a step that two branches name, whichever is taken", ["?c | then: [x], else: [x]", "x"],
            acts: ["c": [.branch("else")]], ends: "c+ x+"),
        Scenario(
            "runs a step that two conditions name where one of them takes it",
            ["?c needs: [] | then: [x], else: [end]", "?d needs: [] | then: [x], else: [y]", "x", "y"],
            acts: ["c": [.branch("then")], "d": [.branch("else")]], ends: "c+ d+ x+ y+"),
        Scenario(
            "takes the first of several cases that applies",
            ["?c | cases: [{when: \"true\", then: [x]}, {when: \"true\", then: [y]}], else: [z]", "x", "y", "z"],
            acts: ["c": [.branch("cases[1]")]], ends: "c+ x/branch y+ z/branch"),
        Scenario(
            "chooses in a branch again",
            ["?c | then: [d], else: [z]", "?d | then: [x], else: [y]", "x", "y", "z", "j"],
            acts: ["c": [.branch("then")], "d": [.branch("else")]], ends: "c+ d+ x/branch y+ z/branch j+",
            order: "c d y j"),
        Scenario(
            "skips a condition in a branch not taken, and all its targets",
            ["?c | then: [d], else: [z]", "?d | then: [x], else: [y]", "x", "y", "z"], acts: ["c": [.branch("else")]],
            ends: "c+ d/branch x/branch y/branch z+"),
        Scenario(
            "skips the targets of a condition that failed, for its failure", fork, acts: ["c": [.fail(.other)]],
            ends: "c! x/upstream_failed y/upstream_failed j/upstream_failed", run: "failed other"),
        Scenario(
            "takes no branch where the failure of a condition was handled",
            ["?c on_error: continue | then: [x], else: [y]", "x", "y"], acts: ["c": [.fail(.other)]],
            ends: "c!h x/branch y/branch"),
        Scenario(
            "takes no branch of a disabled condition",
            ["?c enabled: false | then: [x], else: [y]", "x", "y", "j needs: []"],
            ends: "c/disabled x/branch y/branch j+"),
        Scenario(
            "takes no branch of a condition whose `if` was false",
            ["?c if: \"false\" | then: [x], else: [y]", "x", "y", "j needs: []"],
            ends: "c/if x/branch y/branch j+"),
        Scenario(
            "does not run an `if: always()` step of a branch that was not taken",
            ["?c | then: [x], else: [y]", "x", "y if: always()"], acts: ["c": [.branch("then")]], ends: "c+ x+ y/branch"
        ),
        Scenario(
            "looks at the `if` of a target too", ["?c | then: [x], else: [y]", "x if: \"false\"", "y", "j"],
            acts: ["c": [.branch("then")]], ends: "c+ x/if y/branch j+"),
        Scenario(
            "skips a join for a failure in the branch taken", fork,
            acts: ["c": [.branch("then")], "x": [.fail(.other)]],
            ends: "c+ x! y/branch j/upstream_failed", run: "failed other"),
        Scenario(
            "ends succeeded where the branch taken leads to `end`", ["?c | then: [end], else: [x]", "x", "y"],
            acts: ["c": [.branch("then")]], ends: "c+ x/branch y/branch", order: "c",
            texts: ["x": "`c` took another branch", "y": "a condition ended the run"]),
        Scenario(
            "goes on where a branch that leads to `end` was not taken", ["?c | then: [end], else: [x]", "x", "y"],
            acts: ["c": [.branch("else")]], ends: "c+ x+ y+"),
        Scenario(
            "lets what runs end after `end`, and starts nothing that would follow",
            ["a needs: []", "?c needs: [] | then: [end], else: [x]", "x", "b needs: [a]"],
            acts: ["a": [.hang], "c": [.branch("then")]],
            moves: [.check("a> c+ x/branch b/branch"), .now("a", .succeed)], ends: "a+ c+ x/branch b/branch"),
        Scenario(
            "fails where what ran on after `end` fails, without another attempt",
            ["a needs: [], retry: {max_attempts: 3}", "?c needs: [] | then: [end], else: [x]", "x"],
            acts: ["a": [.hang], "c": [.branch("then")]], moves: [.now("a", .fail(.network))],
            ends: "a! c+ x/branch", run: "failed network"),
        Scenario(
            "stops waiting for a retry when a condition ends the run",
            ["a needs: [], retry: {max_attempts: 3, jitter: false}", "?c needs: [] | then: [end], else: [x]", "x"],
            acts: ["a": [.fail(.network)], "c": [.hang]], moves: [.check("a~(!) c> x."), .now("c", .branch("then"))],
            ends: "ax(!) c+ x/branch"),
        Scenario(
            "fails with the condition's message where the branch taken leads to `fail`",
            ["?c | then: [fail], else: [x], message: red", "x", "y"], acts: ["c": [.end("then", message: "red")]],
            ends: "c!(+) x/branch y/branch", run: "failed condition_failed"),
        Scenario(
            "is ended by the first of two conditions that would",
            ["?c needs: [] | then: [end], else: [x]", "?d needs: [] | then: [fail], else: [x], message: red", "x"],
            acts: ["c": [.hang], "d": [.hang]],
            moves: [.now("c", .branch("then")), .now("d", .end("then", message: "red"))],
            ends: "c+ d!(+) x/branch", run: "failed condition_failed"),
    ]
}
