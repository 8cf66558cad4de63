import FactoryDomain
import FactoryJSON

extension ScenarioTables {
    private static let chain = ["a", "b", "c", "d needs: [a]"]

    /// A run of one step, with what another run left. A step that was taken over has no attempts: `a+()`.
    static let alone: [Scenario] = [
        Scenario(
            "runs one step alone, with what came before it taken over", chain, moves: [.alone("b")],
            ends: "a+() b+ c/not_asked_for d/not_asked_for", order: "b",
            texts: ["c": "`b` was run alone", "d": "`b` was run alone"]),
        Scenario(
            "takes over everything above, not only what is next to it", chain, moves: [.alone("c")],
            ends: "a+() b+() c+ d/not_asked_for"),
        Scenario(
            "runs the first step alone with nothing taken over", chain, moves: [.alone("a")],
            ends: "a+ b/not_asked_for c/not_asked_for d/not_asked_for"),
        Scenario(
            "fails with the step that it is of", chain, acts: ["b": [.succeed, .fail(.network)]], moves: [.alone("b")],
            ends: "a+() b! c/not_asked_for d/not_asked_for", run: "failed network"),
        Scenario(
            "does not fail where its step deals with the failure", ["a", "b on_error: continue"],
            acts: ["b": [.succeed, .fail(.network)]], moves: [.alone("b")], ends: "a+() b!h"),
        Scenario(
            "has the retries of its step", ["a", "b retry: {max_attempts: 2, delay: 1s, jitter: false}"],
            acts: ["b": [.succeed, .fail(.network)]],
            moves: [.alone("b"), .check("a+() b~(!)"), .pass(.seconds(1))], ends: "a+() b+(!+)"),
        Scenario(
            "runs a step that was skipped for a failure, beside which it stands as it was", chain,
            acts: ["b": [.fail(.other)]], moves: [.check("a+ b! c/upstream_failed d+"), .alone("c")],
            ends: "a+() b!() c+ d/not_asked_for"),
        Scenario(
            "runs a step whose `if` is false", ["a", "b if: \"false\""], moves: [.check("a+ b/if"), .alone("b")],
            ends: "a+() b+"),
        Scenario(
            "runs a step whose branch was not taken", ["?c | then: [x], else: [y]", "x", "y"],
            acts: ["c": [.branch("then")]], moves: [.alone("y")], ends: "c+() x/not_asked_for y+"),
        Scenario(
            "takes no branch further than the condition that it is of", ["?c | then: [x], else: [y]", "x", "y"],
            acts: ["c": [.branch("then"), .branch("else")]], moves: [.alone("c")],
            ends: "c+ x/not_asked_for y/not_asked_for"),
        Scenario(
            "is failed by a condition that ends with `fail`", ["?c | then: [fail], else: [x], message: red", "x"],
            acts: ["c": [.branch("else"), .end("then", message: "red")]], moves: [.alone("c")],
            ends: "c!(+) x/not_asked_for", run: "failed condition_failed"),
        Scenario(
            "succeeds with a condition that ends with `end`", ["?c | then: [end], else: [x]", "x"],
            acts: ["c": [.branch("else"), .branch("then")]], moves: [.alone("c")], ends: "c+ x/not_asked_for"),
        Scenario(
            "is not ended by what a condition above it took", ["?c | then: [end], else: [x]", "x"],
            acts: ["c": [.branch("then")]], moves: [.check("c+ x/branch"), .alone("x")], ends: "c+() x+"),
        Scenario(
            "is cancelled as any other", ["a", "b"], acts: ["b": [.succeed, .hang]], moves: [.alone("b"), .cancel],
            ends: "a+() bx", run: "cancelled"),
        Scenario(
            "is paused as any other", ["a", "b retry: {max_attempts: 2, delay: 1s, jitter: false}"],
            acts: ["b": [.succeed, .fail(.network)]],
            moves: [.alone("b"), .pause, .pass(.seconds(1)), .check("a+() b~(!)"), .resume], ends: "a+() b+(!+)"),
        Scenario(
            "goes on after a crash", chain, acts: ["b": [.succeed, .hang]], moves: [.alone("b"), .crash],
            ends: "a+() b+(?+) c/not_asked_for d/not_asked_for"),
        Scenario(
            "goes on after a crash beside a failure that it took over", chain,
            acts: ["b": [.fail(.other)], "c": [.hang]], moves: [.alone("c"), .crash],
            ends: "a+() b!() c+(?+) d/not_asked_for"),
        Scenario(
            "runs its step once more when it is retried", chain, acts: ["b": [.succeed, .fail(.other)]],
            moves: [.alone("b"), .retry(nil)], ends: "a+() b+(!+) c/not_asked_for d/not_asked_for"),
        Scenario(
            "runs nothing but its step when it is retried, whatever it took over", chain,
            acts: ["b": [.fail(.other)], "c": [.fail(.other)]], moves: [.alone("c"), .retry(nil)],
            ends: "a+() b!() c+(!+) d/not_asked_for"),
        Scenario(
            "runs its step once more when it is retried from there, and nothing behind it", chain,
            moves: [.alone("b"), .retry("b")], ends: "a+() b+(++) c/not_asked_for d/not_asked_for"),
        Scenario(
            "gives what it has to the next run of a step alone", chain, moves: [.alone("b"), .alone("c")],
            ends: "a+() b+() c+ d/not_asked_for"),
        Scenario(
            "leaves disabled steps above it as they were", ["a", "b enabled: false", "c"], moves: [.alone("c")],
            ends: "a+() b/disabled c+"),
    ]
}
