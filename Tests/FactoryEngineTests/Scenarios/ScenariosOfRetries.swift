import FactoryDomain
import FactoryJSON

extension ScenarioTables {
    private static func retrying(_ policy: String) -> [String] { ["a retry: {\(policy), jitter: false}", "b"] }

    /// `retry`: which failures, how often, how long between.
    static let retries: [Scenario] = [
        Scenario(
            "makes one attempt where `retry` is absent", ["a"], acts: ["a": [.fail(.network)]], ends: "a!",
            run: "failed network"),
        Scenario(
            "tries again after the delay", retrying("max_attempts: 2, delay: 2s"), acts: ["a": [.fail(.network)]],
            moves: [.check("a~(!) b."), .pass(.milliseconds(1_999)), .check("a~(!) b."), .pass(.milliseconds(1))],
            ends: "a+(!+) b+", order: "a a b"),
        Scenario(
            "fails with the last error when no attempt is left", retrying("max_attempts: 2, delay: 1s"),
            acts: ["a": [.fail(.network), .fail(.timeout)]], moves: [.pass(.seconds(1))],
            ends: "a!(!!) b/upstream_failed", run: "failed timeout"),
        Scenario(
            "doubles the delay before each retry, up to the longest",
            retrying("max_attempts: 5, delay: 1s, max_delay: 3s"),
            acts: ["a": Array(repeating: .fail(.network), count: 4)],
            moves: [
                .pass(.seconds(1)), .check("a~(!!) b."), .pass(.milliseconds(1_999)), .check("a~(!!) b."),
                .pass(.milliseconds(1)), .check("a~(!!!) b."), .pass(.milliseconds(2_999)), .check("a~(!!!) b."),
                .pass(.milliseconds(1)), .check("a~(!!!!) b."), .pass(.seconds(3)),
            ], ends: "a+(!!!!+) b+"),
        Scenario(
            "keeps the delay where `backoff` is fixed", retrying("max_attempts: 4, delay: 1s, backoff: fixed"),
            acts: ["a": Array(repeating: .fail(.network), count: 3)],
            moves: [.pass(.seconds(1)), .pass(.seconds(1)), .check("a~(!!!) b."), .pass(.seconds(1))],
            ends: "a+(!!!+) b+"),
        Scenario(
            "waits as long as the other side asked", retrying("max_attempts: 2, delay: 1s"),
            acts: ["a": [.failAsking(.rateLimit, wait: .seconds(30))]],
            moves: [.pass(.seconds(29)), .check("a~(!) b."), .pass(.seconds(1))], ends: "a+(!+) b+"),
        Scenario(
            "waits its own delay where the other side asked for less", retrying("max_attempts: 2, delay: 5s"),
            acts: ["a": [.failAsking(.rateLimit, wait: .seconds(1))]],
            moves: [.pass(.seconds(1)), .check("a~(!) b."), .pass(.seconds(4))], ends: "a+(!+) b+"),
        Scenario(
            "waits longer than the longest delay where the other side asked for it",
            retrying("max_attempts: 2, delay: 1s, max_delay: 2s"),
            acts: ["a": [.failAsking(.serverError, wait: .seconds(60))]],
            moves: [.pass(.seconds(59)), .check("a~(!) b."), .pass(.seconds(1))], ends: "a+(!+) b+"),
        Scenario(
            "retries a rate limit without being told to", retrying("max_attempts: 2, delay: 1s"),
            acts: ["a": [.fail(.rateLimit)]], moves: [.pass(.seconds(1))], ends: "a+(!+) b+"),
        Scenario(
            "retries a timeout without being told to", retrying("max_attempts: 2, delay: 1s"),
            acts: ["a": [.fail(.timeout)]],
            moves: [.pass(.seconds(1))], ends: "a+(!+) b+"),
        Scenario(
            "retries an error of a server without being told to", retrying("max_attempts: 2, delay: 1s"),
            acts: ["a": [.fail(.serverError)]], moves: [.pass(.seconds(1))], ends: "a+(!+) b+"),
        Scenario(
            "does not retry an invalid output unless told to", retrying("max_attempts: 2, delay: 1s"),
            acts: ["a": [.fail(.invalidOutput)]], ends: "a! b/upstream_failed", run: "failed invalid_output"),
        Scenario(
            "retries an invalid output where `on` names it",
            retrying("max_attempts: 2, delay: 1s, on: [invalid_output]"),
            acts: ["a": [.fail(.invalidOutput)]], moves: [.pass(.seconds(1))], ends: "a+(!+) b+"),
        Scenario(
            "retries no other class than those `on` names",
            retrying("max_attempts: 2, delay: 1s, on: [invalid_output]"),
            acts: ["a": [.fail(.network)]], ends: "a! b/upstream_failed", run: "failed network"),
        Scenario(
            "does not retry a failure without a class", retrying("max_attempts: 2, delay: 1s"),
            acts: ["a": [.fail(.other)]],
            ends: "a! b/upstream_failed", run: "failed other"),
        Scenario(
            "retries everything where `on` says any", retrying("max_attempts: 2, delay: 1s, on: [any]"),
            acts: ["a": [.fail(.other)]], moves: [.pass(.seconds(1))], ends: "a+(!+) b+"),
        Scenario(
            "stops retrying at a failure that is not to be retried", retrying("max_attempts: 5, delay: 1s"),
            acts: ["a": [.fail(.network), .fail(.other)]], moves: [.pass(.seconds(1))],
            ends: "a!(!!) b/upstream_failed",
            run: "failed other"),
        Scenario(
            "looks at `on_error` when the retries are used up, not before",
            ["a retry: {max_attempts: 2, delay: 1s, jitter: false}, on_error: continue", "b"],
            acts: ["a": [.fail(.network), .fail(.network)]], moves: [.check("a~(!) b."), .pass(.seconds(1))],
            ends: "a!h(!!) b+"),
        Scenario(
            "lets other steps run during a retry delay",
            ["a needs: [], retry: {max_attempts: 2, delay: 1s, jitter: false}", "b needs: []", "c needs: [b]"],
            acts: ["a": [.fail(.network)]], moves: [.check("a~(!) b+ c+"), .pass(.seconds(1))], ends: "a+(!+) b+ c+"),
        Scenario(
            "gives its place in the lane away during a retry delay",
            ["a needs: [], retry: {max_attempts: 2, delay: 1s, jitter: false}", "b needs: []"],
            acts: ["a": [.fail(.network)], "b": [.hang]],
            moves: [.check("a~(!) b>"), .pass(.seconds(1)), .check("a~(!) b>"), .now("b", .succeed)], ends: "a+(!+) b+",
            order: "a b a", width: 1),
    ]

    /// `timeout`.
    static let time: [Scenario] = [
        Scenario(
            "fails an attempt that takes longer than the timeout", ["a timeout: 5s", "b"], acts: ["a": [.hang]],
            moves: [.pass(.milliseconds(4_999)), .check("a> b."), .pass(.milliseconds(1))],
            ends: "a! b/upstream_failed",
            run: "failed timeout"),
        Scenario(
            "gives every attempt the whole timeout",
            ["a timeout: 5s, retry: {max_attempts: 2, delay: 1s, jitter: false}"],
            acts: ["a": [.hang, .hang]],
            moves: [
                .pass(.seconds(5)), .check("a~(!)"), .pass(.seconds(1)), .pass(.milliseconds(4_999)), .check("a>(!>)"),
                .now("a", .succeed),
            ], ends: "a+(!+)"),
        Scenario(
            "does not count the wait for a place in the lane against the timeout",
            ["a needs: [], timeout: 1m", "b needs: [], timeout: 5s"], acts: ["a": [.hang], "b": [.hang]],
            moves: [
                .pass(.seconds(50)), .check("a> b."), .now("a", .succeed), .pass(.milliseconds(4_999)), .check("a+ b>"),
                .now("b", .succeed),
            ], ends: "a+ b+", width: 1),
        Scenario(
            "does not count a retry delay against the timeout",
            ["a timeout: 5s, retry: {max_attempts: 2, delay: 1m, jitter: false}"], acts: ["a": [.fail(.network)]],
            moves: [.pass(.seconds(60))], ends: "a+(!+)"),
        Scenario(
            "handles a timeout as any other failure",
            ["a timeout: 5s, on_error: {value: late}", "b if: steps.a.output == 'late'"],
            acts: ["a": [.hang]], moves: [.pass(.seconds(5))], ends: "a!h b+"),
        Scenario(
            "does not retry a timeout that `on` leaves out",
            ["a timeout: 5s, retry: {max_attempts: 3, on: [network]}"], acts: ["a": [.hang]],
            moves: [.pass(.seconds(5))],
            ends: "a!", run: "failed timeout"),
    ]
}
