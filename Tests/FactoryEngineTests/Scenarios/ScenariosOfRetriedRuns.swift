import FactoryDomain
import FactoryJSON

extension ScenarioTables {
    private static let chain = ["a", "b", "c", "d needs: [a]"]

    /// An ended run that goes on: resumed, or retried from what failed or from a named step.
    static let again: [Scenario] = [
        Scenario(
            "runs what failed, and what was skipped for it, when it is retried", chain, acts: ["b": [.fail(.other)]],
            moves: [.check("a+ b! c/upstream_failed d+"), .retry(nil)], ends: "a+ b+(!+) c+ d+"),
        Scenario(
            "runs the same when it is resumed", chain, acts: ["b": [.fail(.other)]], moves: [.resume],
            ends: "a+ b+(!+) c+ d+"),
        Scenario(
            "runs what was cancelled, and what was skipped for it, when it is retried", ["a", "b", "c"],
            acts: ["b": [.hang]],
            moves: [.cancel, .retry(nil)], ends: "a+ b+(x+) c+"),
        Scenario(
            "fails again where what failed fails again", chain, acts: ["b": [.fail(.other), .fail(.network)]],
            moves: [.retry(nil)], ends: "a+ b!(!!) c/upstream_failed d+", run: "failed network"),
        Scenario(
            "can be retried as often as one likes", ["a"], acts: ["a": Array(repeating: .fail(.other), count: 3)],
            moves: [.retry(nil), .retry(nil), .retry(nil)], ends: "a+(!!!+)"),
        Scenario(
            "keeps a handled failure when it is retried", ["a on_error: continue", "b"],
            acts: ["a": [.fail(.other)], "b": [.fail(.other)]], moves: [.retry(nil)], ends: "a!h b+(!+)"),
        Scenario(
            "runs a step that dealt with the failure anew, with the outcome of the retry",
            ["a", "b if: failed()", "c"],
            acts: ["a": [.fail(.other)]], moves: [.check("a! b+ c+"), .retry(nil)], ends: "a+(!+) b/if(+) c+(++)"),
        Scenario(
            "has all its retries again when it is retried", ["a retry: {max_attempts: 2, delay: 1s, jitter: false}"],
            acts: ["a": Array(repeating: .fail(.network), count: 3)],
            moves: [.pass(.seconds(1)), .check("a!(!!)"), .retry(nil), .check("a~(!!!)"), .pass(.seconds(1))],
            ends: "a+(!!!+)"),
        Scenario(
            "has them still after a crash", ["a retry: {max_attempts: 2, delay: 1s, jitter: false}"],
            acts: ["a": Array(repeating: .fail(.network), count: 3)],
            moves: [.pass(.seconds(1)), .retry(nil), .crash, .check("a~(!!!)"), .pass(.seconds(1))], ends: "a+(!!!+)"),
        Scenario(
            "may be lost three times anew when it is retried", ["a"],
            acts: ["a": [.hang, .hang, .hang, .hang, .hang]],
            moves: [.crash, .crash, .crash, .check("a!(???)"), .retry(nil), .crash, .check("a>(????>)"), .crash],
            ends: "a+(?????+)"),
        Scenario(
            "runs a named step and everything after it, and keeps what came before", chain, moves: [.retry("b")],
            ends: "a+ b+(++) c+(++) d+", order: "a b d c b c"),
        Scenario(
            "runs everything that follows the first step when it is retried from there", chain, moves: [.retry("a")],
            ends: "a+(++) b+(++) c+(++) d+(++)"),
        Scenario(
            "runs the last step alone when it is retried from there", ["a", "b"], moves: [.retry("b")],
            ends: "a+ b+(++)"),
        Scenario(
            "drops what a step had when it is retried from there",
            ["a", "b if: dyn(steps.a.output).n == 1"], acts: ["a": [.give(["n": 1]), .give(["n": 2])]],
            moves: [.retry("a")],
            ends: "a+(++) b/if(+)"),
        Scenario(
            "drops the error of a step when it is retried from there",
            ["a on_error: continue", "b if: \"has(steps.a.error)\""],
            acts: ["a": [.fail(.other)]], moves: [.check("a!h b+"), .retry("a")], ends: "a+(!+) b/if(+)"),
        Scenario(
            "keeps the branch of a condition above the named step", ["?c | then: [x], else: [y]", "x", "y", "j"],
            acts: ["c": [.branch("then")]], moves: [.retry("x")], ends: "c+ x+(++) y/branch j+(++)"),
        Scenario(
            "asks a condition again when it is retried from there", ["?c | then: [x], else: [y]", "x", "y", "j"],
            acts: ["c": [.branch("then"), .branch("else")]], moves: [.retry("c")], ends: "c+(++) x/branch(+) y+ j+(++)"),
        Scenario(
            "skips a named step again whose branch was not taken", ["?c | then: [x], else: [y]", "x", "y"],
            acts: ["c": [.branch("then")]], moves: [.retry("y")], ends: "c+ x+ y/branch"),
        Scenario(
            "keeps a failure that is not behind the named step, and fails with it",
            ["a needs: []", "b needs: []", "c needs: [b]"], acts: ["a": [.fail(.network)]], moves: [.retry("b")],
            ends: "a! b+(++) c+(++)", run: "failed network"),
        Scenario(
            "skips what is behind the named step where a failure that was kept stands above it",
            ["a needs: []", "b needs: []", "c needs: [a, b]"], acts: ["a": [.fail(.network)]], moves: [.retry("b")],
            ends: "a! b+(++) c/upstream_failed", run: "failed network"),
        Scenario(
            "is failed by a step that succeeded before and fails when it is retried from there", ["a", "b"],
            acts: ["a": [.succeed, .fail(.other)]], moves: [.retry("a")], ends: "a!(+!) b/upstream_failed(+)",
            run: "failed other"),
        Scenario(
            "asks the condition again that failed the run", ["?c | then: [fail], else: [x], message: red", "x", "y"],
            acts: ["c": [.end("then", message: "red"), .branch("else")]], moves: [.retry(nil)], ends: "c+(++) x+ y+"),
        Scenario(
            "keeps what a condition cut off with `end`, when what failed beside it is retried",
            ["a needs: []", "?c needs: [] | then: [end], else: [x]", "x", "b needs: [a]"],
            acts: ["a": [.hang], "c": [.branch("then")]], moves: [.now("a", .fail(.other)), .retry(nil)],
            ends: "a+(!+) c+ x/branch b/branch"),
        Scenario(
            "runs what a condition had cut off with `end`, when it is retried from there",
            ["a needs: []", "?c needs: [] | then: [end], else: [x]", "x", "b needs: [a]"],
            acts: ["a": [.hang], "c": [.branch("then")]], moves: [.now("a", .succeed), .retry("b")],
            ends: "a+ c+ x/branch b+"),
        Scenario(
            "is cancelled during a retry as at any other time", ["a", "b"], acts: ["b": [.fail(.other), .hang]],
            moves: [.retry(nil), .cancel], ends: "a+ bx(!x)", run: "cancelled"),
        Scenario(
            "is paused during a retry as at any other time", ["a", "b", "c"], acts: ["b": [.fail(.other), .hang]],
            moves: [.retry(nil), .pause, .now("b", .succeed), .check("a+ b+(!+) c."), .resume], ends: "a+ b+(!+) c+"),
        Scenario(
            "repeats what a crash interrupted during a retry", ["a", "b", "c"], acts: ["b": [.succeed, .hang]],
            moves: [.retry("b"), .crash], ends: "a+ b+(+?+) c+(++)"),
        Scenario(
            "leaves disabled steps disabled when it is retried", ["a", "b enabled: false", "c"], moves: [.retry("b")],
            ends: "a+ b/disabled c+(++)"),
        Scenario(
            "has nothing to run either when it is retried with every step disabled", ["a enabled: false"],
            moves: [.retry(nil)],
            ends: "a/disabled", run: "failed no_enabled_steps"),
    ]
}
