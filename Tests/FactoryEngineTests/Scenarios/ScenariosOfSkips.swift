import FactoryDomain
import FactoryJSON

extension ScenarioTables {
    /// `if`, `enabled`, and what they mean for what comes after.
    static let skips: [Scenario] = [
        Scenario(
            "skips a step whose `if` is false, and goes on behind it", ["a", "b if: \"false\"", "c"],
            ends: "a+ b/if c+", order: "a c", texts: ["b": "its `if` was false"]),
        Scenario("runs a step whose `if` is true", ["a", "b if: \"true\"", "c"], ends: "a+ b+ c+", order: "a b c"),
        Scenario(
            "evaluates an `if` when the needs are settled, with what they gave",
            ["a", "b if: dyn(steps.a.output).n > 1", "c if: dyn(steps.a.output).n > 5"], acts: ["a": [.give(["n": 3])]],
            ends: "a+ b+ c/if"),
        Scenario(
            "evaluates the `if` of a step without needs at the start", ["a if: \"false\"", "b if: \"1 < 2\""],
            ends: "a/if b+"),
        Scenario(
            "shows an `if` the status of a step before it",
            ["a on_error: continue", "b if: \"steps.a.status == 'failed'\""],
            acts: ["a": [.fail(.other)]], ends: "a!h b+"),
        Scenario(
            "shows an `if` the error of a step before it",
            ["a on_error: continue", "b if: \"steps.a.error.code == 'network'\""], acts: ["a": [.fail(.network)]],
            ends: "a!h b+"),
        Scenario(
            "shows an `if` that a step has no output because it was skipped",
            ["a if: \"false\"", "b if: \"!has(steps.a.output)\"", "c if: has(steps.a.output)"], ends: "a/if b+ c/if"),
        Scenario(
            "fails a step whose `if` cannot be evaluated, without an attempt",
            ["a", "b if: dyn(steps.a.output).missing", "c"], ends: "a+ b!() c/upstream_failed",
            run: "failed expression_error",
            texts: ["c": "`b` failed"]),
        Scenario(
            "fails a step whose `if` is not a bool", ["a", "b if: \"dyn(steps.a.output).step\"", "c"],
            ends: "a+ b!() c/upstream_failed", run: "failed expression_error"),
        Scenario(
            "handles the failure of an `if` as any other",
            ["a", "b if: dyn(steps.a.output).missing, on_error: continue", "c"],
            ends: "a+ b!h() c+"),
        Scenario(
            "records a disabled step as skipped, and goes on behind it", ["a", "b enabled: false", "c"],
            ends: "a+ b/disabled c+", order: "a c", texts: ["b": "it is disabled"]),
        Scenario(
            "does not look at the `if` of a disabled step", ["a", "b enabled: false, if: dyn(steps.a.output).missing"],
            ends: "a+ b/disabled"),
        Scenario(
            "fails where every step is disabled", ["a enabled: false", "b enabled: false"],
            ends: "a/disabled b/disabled",
            run: "failed no_enabled_steps"),
        Scenario(
            "succeeds where every step is skipped by its `if`", ["a if: \"false\"", "b if: \"false\""],
            ends: "a/if b/if"),
        Scenario(
            "waits for the needs of a skipped step in its place",
            ["a needs: []", "b needs: [a], enabled: false", "c needs: [b]"], acts: ["a": [.hang]],
            moves: [.check("a> b. c."), .now("a", .succeed)], ends: "a+ b/disabled c+", order: "a c"),
        Scenario(
            "looks through a step skipped by `if` at the failure above it",
            ["a", "b needs: []", "c needs: [a, b], if: always() && false", "d needs: [c]"],
            acts: ["a": [.fail(.other)]], ends: "a! b+ c/if d/upstream_failed", run: "failed other",
            texts: ["d": "`a` failed"]),
        Scenario(
            "looks through several skipped steps in a row",
            ["a", "b if: always() && false", "c if: always() && false", "d", "e if: always()"],
            acts: ["a": [.fail(.other)]], ends: "a! b/if c/if d/upstream_failed e+", run: "failed other"),
        Scenario(
            "runs behind a skipped step whose needs are all handled",
            ["a on_error: continue", "b enabled: false", "c"], acts: ["a": [.fail(.other)]],
            ends: "a!h b/disabled c+"),
        Scenario(
            "looks through a skipped step at branches not taken behind it",
            ["?c | then: [x], else: [y]", "x", "y", "z needs: [y], if: always() && false", "w needs: [z]"],
            acts: ["c": [.branch("then")]], ends: "c+ x+ y/branch z/if w/branch"),
    ]
}
