import FactoryDomain
import FactoryJSON

extension ScenarioTables {
    private static let lostThrice: [Move] = [.crash, .crash, .crash]

    /// The engine dies; the next one goes on from what is stored.
    static let crashes: [Scenario] = [
        Scenario(
            "repeats what a crash interrupted, at once, and nothing that had ended", ["a", "b", "c"],
            acts: ["b": [.hang]],
            moves: [.crash], ends: "a+ b+(?+) c+", order: "a b b c"),
        Scenario(
            "does not count a lost attempt against `retry`", ["a retry: {max_attempts: 2, delay: 1s, jitter: false}"],
            acts: ["a": [.hang, .fail(.network)]], moves: [.crash, .check("a~(?!)"), .pass(.seconds(1))],
            ends: "a+(?!+)"),
        Scenario(
            "repeats a lost attempt where `retry` is absent", ["a"], acts: ["a": [.hang, .hang]],
            moves: [.crash, .crash],
            ends: "a+(??+)"),
        Scenario(
            "fails a step lost three times in a row", ["a", "b"], acts: ["a": [.hang, .hang, .hang]], moves: lostThrice,
            ends: "a!(???) b/upstream_failed", run: "failed lost"),
        Scenario(
            "counts lost attempts from the last that was not",
            ["a retry: {max_attempts: 2, delay: 1s, jitter: false}"],
            acts: ["a": [.hang, .hang, .fail(.network), .hang, .hang]],
            moves: [.crash, .crash, .pass(.seconds(1)), .crash, .crash], ends: "a+(??!??+)"),
        Scenario(
            "does not retry a step lost three times in a row", ["a retry: {max_attempts: 9, on: [any]}"],
            acts: ["a": [.hang, .hang, .hang]], moves: lostThrice, ends: "a!(???)", run: "failed lost"),
        Scenario(
            "handles a step lost three times as any other failure", ["a on_error: continue", "b"],
            acts: ["a": [.hang, .hang, .hang]], moves: lostThrice, ends: "a!h(???) b+"),
        Scenario(
            "repeats everything a crash interrupted", ["a needs: []", "b needs: []", "c"],
            acts: ["a": [.hang], "b": [.hang]],
            moves: [.crash], ends: "a+(?+) b+(?+) c+"),
        Scenario(
            "waits for the rest of a retry delay after a crash",
            ["a retry: {max_attempts: 2, delay: 10s, jitter: false}"],
            acts: ["a": [.fail(.network)]],
            moves: [
                .pass(.seconds(4)), .crash, .check("a~(!)"), .pass(.seconds(5)), .check("a~(!)"), .pass(.seconds(1)),
            ],
            ends: "a+(!+)"),
        Scenario(
            "has as many attempts left after a crash as before",
            ["a retry: {max_attempts: 2, delay: 1s, jitter: false}"], acts: ["a": [.fail(.network), .fail(.network)]],
            moves: [.crash, .pass(.seconds(1))], ends: "a!(!!)", run: "failed network"),
        Scenario(
            "stays paused after a crash", ["a", "b"], acts: ["a": [.hang]],
            moves: [.pause, .now("a", .succeed), .crash, .check("a+ b."), .resume], ends: "a+ b+", order: "a b"),
        Scenario(
            "repeats what a crash interrupted in a paused run when it is resumed", ["a", "b"], acts: ["a": [.hang]],
            moves: [.pause, .crash, .check("a~(?) b."), .resume], ends: "a+(?+) b+"),
        Scenario(
            "repeats it too where another crash came before the resume", ["a", "b"], acts: ["a": [.hang]],
            moves: [.pause, .crash, .crash, .check("a~(?) b."), .resume], ends: "a+(?+) b+"),
        Scenario(
            "cancels what a crash interrupted in a paused run when it is cancelled", ["a", "b"], acts: ["a": [.hang]],
            moves: [.pause, .crash, .cancel], ends: "ax(?) b/cancelled", run: "cancelled"),
        Scenario(
            "holds a retry that falls due while nobody drives the paused run",
            ["a retry: {max_attempts: 2, delay: 1s, jitter: false}"], acts: ["a": [.fail(.network)]],
            moves: [.pause, .pass(.seconds(2)), .crash, .check("a~(!)"), .resume], ends: "a+(!+)"),
        Scenario(
            "waits for a place in its lane with what a crash interrupted",
            ["a needs: []", "b needs: []", "c needs: []"],
            acts: ["a": [.hang, .hang], "b": [.hang, .hang]],
            moves: [.check("a> b> c."), .crash, .check("a>(?>) b>(?>) c."), .now("a", .succeed), .now("b", .succeed)],
            ends: "a+(?+) b+(?+) c+", width: 2),
        Scenario(
            "keeps the branch taken after a crash", ["?c | then: [x], else: [y]", "x", "y", "j"],
            acts: ["c": [.branch("else")], "y": [.hang]], moves: [.crash], ends: "c+ x/branch y+(?+) j+"),
        Scenario(
            "repeats after a crash what ran on when a condition had ended the run, and nothing else",
            ["a needs: []", "?c needs: [] | then: [end], else: [x]", "x", "b needs: [a]"],
            acts: ["a": [.hang], "c": [.branch("then")]], moves: [.crash], ends: "a+(?+) c+ x/branch b/branch"),
        Scenario(
            "keeps the first failure for its error after a crash", ["a needs: []", "b needs: []"],
            acts: ["a": [.fail(.network)], "b": [.hang, .fail(.timeout)]], moves: [.pass(.seconds(1)), .crash],
            ends: "a! b!(?!)", run: "failed network"),
        Scenario(
            "keeps a handled failure handled after a crash",
            ["a on_error: {value: 7}", "b", "c if: steps.a.output == 7"],
            acts: ["a": [.fail(.other)], "b": [.hang]], moves: [.crash], ends: "a!h b+(?+) c+"),
    ]
}
