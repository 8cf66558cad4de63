import FactoryDomain
import FactoryJSON

extension ScenarioTables {
    /// Failures: what they stop, what takes them.
    static let failures: [Scenario] = [
        Scenario(
            "skips what needs a failed step, and what needs that", ["a", "b", "c"], acts: ["a": [.fail(.other)]],
            ends: "a! b/upstream_failed c/upstream_failed", run: "failed other", order: "a",
            texts: ["b": "`a` failed", "c": "`a` failed"]),
        Scenario(
            "does not stop an independent branch for a failure",
            ["a needs: []", "b needs: [a]", "c needs: []", "d needs: [c]"], acts: ["a": [.hang], "c": [.hang]],
            moves: [.now("a", .fail(.other)), .check("a! b/upstream_failed c> d."), .now("c", .succeed)],
            ends: "a! b/upstream_failed c+ d+", run: "failed other", order: "a c d"),
        Scenario(
            "skips a join when one of its needs failed", ["a needs: []", "b needs: []", "c"],
            acts: ["b": [.fail(.network)]], ends: "a+ b! c/upstream_failed", run: "failed network"),
        Scenario(
            "waits with the skipping of a join until all of its needs are settled",
            ["a needs: []", "b needs: []", "c"], acts: ["a": [.hang], "b": [.hang]],
            moves: [.now("a", .fail(.other)), .check("a! b> c."), .now("b", .succeed)],
            ends: "a! b+ c/upstream_failed", run: "failed other"),
        Scenario(
            "ends with the error of the step that failed first", ["a needs: []", "b needs: []"],
            acts: ["a": [.hang], "b": [.hang]], moves: [.now("b", .fail(.network)), .now("a", .fail(.timeout))],
            ends: "a! b!", run: "failed network"),
        Scenario(
            "takes a failure handled by `on_error: continue` for a success", ["a on_error: continue", "b"],
            acts: ["a": [.fail(.other)]], ends: "a!h b+", order: "a b"),
        Scenario(
            "leaves no output where `on_error: continue` took the failure",
            ["a on_error: continue", "b if: has(steps.a.output)"], acts: ["a": [.fail(.other)]], ends: "a!h b/if"),
        Scenario(
            "takes the value of `on_error` for the output",
            ["a on_error: {value: {n: 7}}", "b if: dyn(steps.a.output).n == 7"],
            acts: ["a": [.fail(.other)]], ends: "a!h b+"),
        Scenario(
            "takes null for the output where `on_error` says so",
            ["a on_error: {value: null}", "b if: steps.a.output == null"],
            acts: ["a": [.fail(.other)]], ends: "a!h b+"),
        Scenario(
            "fails with `on_error: fail` as without", ["a on_error: fail", "b"], acts: ["a": [.fail(.other)]],
            ends: "a! b/upstream_failed", run: "failed other"),
        Scenario(
            "succeeds where every failure was handled",
            ["a needs: [], on_error: continue", "b needs: [], on_error: {value: 1}"],
            acts: ["a": [.fail(.other)], "b": [.fail(.network)]], ends: "a!h b!h"),
        Scenario(
            "runs an `if: failed()` step behind a failure, and still fails with that error",
            ["a", "b if: failed()"], acts: ["a": [.fail(.network)]], ends: "a! b+", run: "failed network", order: "a b"),
        Scenario(
            "skips an `if: failed()` step where nothing failed", ["a", "b if: failed()"], ends: "a+ b/if"),
        Scenario(
            "does not take a handled failure for one in `failed()`", ["a on_error: continue", "b if: failed()"],
            acts: ["a": [.fail(.other)]], ends: "a!h b/if"),
        Scenario(
            "sees all ancestors in `failed()`, not its needs alone", ["a", "b", "c", "d if: failed()"],
            acts: ["a": [.fail(.other)]], ends: "a! b/upstream_failed c/upstream_failed d+", run: "failed other"),
        Scenario(
            "does not see steps that are no ancestors in `failed()`",
            ["a needs: []", "b needs: []", "c needs: [b], if: failed()"],
            acts: ["a": [.fail(.other)]], ends: "a! b+ c/if", run: "failed other"),
        Scenario(
            "skips an `if: succeeded()` step behind a failure for its `if`", ["a", "b if: succeeded()"],
            acts: ["a": [.fail(.other)]], ends: "a! b/if", run: "failed other"),
        Scenario(
            "runs an `if: succeeded()` step behind a handled failure", ["a on_error: continue", "b if: succeeded()"],
            acts: ["a": [.fail(.other)]], ends: "a!h b+"),
        Scenario(
            "runs an `if: always()` step whatever came before", ["a", "b", "c if: always()"],
            acts: ["a": [.fail(.other)]], ends: "a! b/upstream_failed c+", run: "failed other"),
        Scenario(
            "runs an `if: always()` step where all went well", ["a", "b if: always()"], ends: "a+ b+"),
        Scenario(
            "combines `failed()` with what else an `if` says",
            [
                "a", "b if: \"failed() && steps.a.error.code == 'network'\"",
                "c needs: [a], if: \"failed() && steps.a.error.code == 'other'\"",
            ],
            acts: ["a": [.fail(.network)]], ends: "a! b+ c/if", run: "failed network"),
        Scenario(
            "skips what needs an `if: always()` step where a failure stands behind another of its needs",
            ["a needs: []", "b if: always()", "c needs: [a, b]"], acts: ["a": [.fail(.other)]],
            ends: "a! b+ c/upstream_failed", run: "failed other"),
        Scenario(
            "goes on behind a step that dealt with a failure", ["a", "b if: failed()", "c"],
            acts: ["a": [.fail(.other)]],
            ends: "a! b+ c+", run: "failed other", order: "a b c"),
        Scenario(
            "does not run a disabled `if: always()` step", ["a", "b if: always(), enabled: false"],
            acts: ["a": [.fail(.other)]], ends: "a! b/disabled", run: "failed other"),
        Scenario(
            "does not run a disabled step behind a failure, and names the failure",
            ["a", "b enabled: false", "c"], acts: ["a": [.fail(.other)]],
            ends: "a! b/upstream_failed c/upstream_failed", run: "failed other"),
    ]
}
