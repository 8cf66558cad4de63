import FactoryDomain
import FactoryJSON

extension ScenarioTables {
    /// A cancel, in every state of a step.
    static let cancels: [Scenario] = [
        Scenario(
            "stops what runs when it is cancelled, and skips the rest", ["a", "b", "c"], acts: ["b": [.hang]],
            moves: [.cancel],
            ends: "a+ bx c/cancelled", run: "cancelled", texts: ["c": "the run was cancelled before it could start"]),
        Scenario(
            "stops everything that runs when it is cancelled", ["a needs: []", "b needs: []", "c"],
            acts: ["a": [.hang], "b": [.hang]], moves: [.cancel], ends: "ax bx c/cancelled", run: "cancelled"),
        Scenario(
            "ends a retry delay when it is cancelled", ["a retry: {max_attempts: 2, delay: 1h, jitter: false}", "b"],
            acts: ["a": [.fail(.network)]], moves: [.cancel], ends: "ax(!) b/cancelled", run: "cancelled"),
        Scenario(
            "skips a step that waits for a place in its lane when it is cancelled", ["a needs: []", "b needs: []"],
            acts: ["a": [.hang]], moves: [.cancel], ends: "ax b/cancelled", run: "cancelled", width: 1),
        Scenario(
            "cancels a step that waits with its second attempt for a place in its lane",
            ["a needs: [], retry: {max_attempts: 2, delay: 1s, jitter: false}", "b needs: []"],
            acts: ["a": [.fail(.network)], "b": [.hang]], moves: [.pass(.seconds(1)), .cancel], ends: "ax(!) bx",
            run: "cancelled", width: 1),
        Scenario(
            "does not run an `if: always()` step after a cancel", ["a", "b if: always()"], acts: ["a": [.hang]],
            moves: [.cancel], ends: "ax b/cancelled", run: "cancelled"),
        Scenario(
            "keeps what had failed before a cancel, and is cancelled all the same", ["a needs: []", "b needs: []"],
            acts: ["a": [.fail(.other)], "b": [.hang]], moves: [.cancel], ends: "a! bx", run: "cancelled"),
        Scenario(
            "keeps what was skipped before a cancel", ["a needs: [], enabled: false", "b", "c"], acts: ["b": [.hang]],
            moves: [.cancel], ends: "a/disabled bx c/cancelled", run: "cancelled"),
        Scenario(
            "is cancelled at once while it is paused", ["a", "b"], acts: ["a": [.hang]],
            moves: [.pause, .now("a", .succeed), .check("a+ b."), .cancel], ends: "a+ b/cancelled", run: "cancelled"),
        Scenario(
            "stops what still runs of a paused run when it is cancelled", ["a", "b"], acts: ["a": [.hang]],
            moves: [.pause, .cancel], ends: "ax b/cancelled", run: "cancelled"),
        Scenario(
            "goes on after a cancel when it is resumed: what was stopped runs again", ["a", "b", "c"],
            acts: ["b": [.hang]],
            moves: [.cancel, .resume], ends: "a+ b+(x+) c+", order: "a b b c"),
    ]

    /// A pause, in every state of a step.
    static let pauses: [Scenario] = [
        Scenario(
            "lets what runs end while it is paused, and starts nothing", ["a", "b"], acts: ["a": [.hang]],
            moves: [.pause, .check("a> b."), .now("a", .succeed), .check("a+ b."), .resume], ends: "a+ b+", order: "a b"
        ),
        Scenario(
            "waits while it is paused and nothing runs", ["a", "b"], acts: ["a": [.hang]],
            moves: [.pause, .now("a", .succeed)], ends: "a+ b.", run: "waiting"),
        Scenario(
            "runs while it is paused and something runs", ["a", "b"], acts: ["a": [.hang]], moves: [.pause],
            ends: "a> b.",
            run: "running"),
        Scenario(
            "goes on as if nothing had been when it is resumed while something runs", ["a", "b"], acts: ["a": [.hang]],
            moves: [.pause, .resume, .now("a", .succeed)], ends: "a+ b+"),
        Scenario(
            "holds a retry that falls due while it is paused until it is resumed",
            ["a retry: {max_attempts: 2, delay: 1s, jitter: false}", "b"], acts: ["a": [.fail(.network)]],
            moves: [.pause, .pass(.seconds(5)), .check("a~(!) b."), .resume], ends: "a+(!+) b+"),
        Scenario(
            "waits for the rest of a retry delay after a pause",
            ["a retry: {max_attempts: 2, delay: 10s, jitter: false}", "b"], acts: ["a": [.fail(.network)]],
            moves: [.pause, .pass(.seconds(4)), .resume, .check("a~(!) b."), .pass(.seconds(6))], ends: "a+(!+) b+"),
        Scenario(
            "takes a retry's failure during a pause, and waits for the resume with the next attempt",
            ["a retry: {max_attempts: 2, delay: 1s, jitter: false}"], acts: ["a": [.hang]],
            moves: [.pause, .now("a", .fail(.network)), .pass(.seconds(1)), .check("a~(!)"), .resume], ends: "a+(!+)"),
        Scenario(
            "holds a step that waits for a place in its lane", ["a needs: []", "b needs: []"], acts: ["a": [.hang]],
            moves: [.pause, .now("a", .succeed), .check("a+ b."), .resume], ends: "a+ b+", width: 1),
        Scenario(
            "decides about steps while it is paused: what is skipped is skipped at once",
            ["a", "b enabled: false", "c if: \"false\"", "d"], acts: ["a": [.hang]],
            moves: [.pause, .now("a", .succeed), .check("a+ b/disabled c/if d."), .resume],
            ends: "a+ b/disabled c/if d+"),
        Scenario(
            "ends while it is paused where nothing is left to start", ["a", "b"], acts: ["a": [.hang]],
            moves: [.pause, .now("a", .fail(.other))], ends: "a! b/upstream_failed", run: "failed other"),
        Scenario(
            "takes a branch while it is paused", ["?c | then: [x], else: [y]", "x", "y", "j"], acts: ["c": [.hang]],
            moves: [.pause, .now("c", .branch("else")), .check("c+ x/branch y. j."), .resume], ends: "c+ x/branch y+ j+"
        ),
        Scenario(
            "can be paused again after it was resumed", ["a", "b", "c"], acts: ["a": [.hang], "b": [.hang]],
            moves: [
                .pause, .now("a", .succeed), .resume, .check("a+ b> c."), .pause, .now("b", .succeed),
                .check("a+ b+ c."),
                .resume,
            ], ends: "a+ b+ c+", order: "a b c"),
        Scenario(
            "lets a timeout pass while it is paused", ["a timeout: 5s", "b if: always()"], acts: ["a": [.hang]],
            moves: [.pause, .pass(.seconds(5)), .check("a! b."), .resume], ends: "a! b+", run: "failed timeout"),
        Scenario(
            "starts what a pause held back in the order of the document",
            ["a", "b needs: [a]", "c needs: [a]", "d needs: [a]"],
            acts: ["a": [.hang], "b": [.hang], "c": [.hang], "d": [.hang]],
            moves: [
                .pause, .now("a", .succeed), .resume, .check("a+ b> c. d."), .now("b", .succeed), .now("c", .succeed),
                .now("d", .succeed),
            ], ends: "a+ b+ c+ d+", order: "a b c d", width: 1),
    ]
}
