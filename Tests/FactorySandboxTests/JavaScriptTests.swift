import FactoryJSON
import FactorySandbox
import Testing

@Suite("JavaScript code", .timeLimit(.minutes(1))) struct JavaScriptTests {
    @Test(
        "gives a result in every way the contract names",
        arguments: [
            ("function main(inputs) { return { sum: inputs.a + 1 } }", ["sum": 3]),
            ("const main = async ({ a }) => { await null; return [a] }", [2]),
            ("result = inputs.a * 2", 4),
            ("const x = await Promise.resolve(5)\nconst result = x", 5),
            ("let result; setTimeout(() => { result = 'late' }, 1)", "late"),
            ("return { early: true }", ["early": true]),
            ("result = 'ended'; process.exit()", "ended"),
            ("let result = 'ended'; setTimeout(() => process.exit(0), 1)", "ended"),
            ("console.log('first'); console.log('[1, 2]')", [1, 2]),
            ("const { basename } = require('node:path'); result = basename('/a/b')", "b"),
            ("const { basename } = await import('node:path'); result = basename('/a/b')", "b"),
        ] as [(String, JSON)])
    func givesResult(code: String, expected: JSON) async throws {
        let outcome = try await Fixture.javascript(code, inputs: ["a": 2])
        #expect(outcome.termination == .exited(0), "\(outcome.stderr.text)")
        #expect(outcome.result == expected)
    }

    @Test("that throws names the line of its own")
    func namesLine() async throws {
        let outcome = try await Fixture.javascript("let a = 1\nfunction f() {\n  null.x\n}\nf()")
        #expect(outcome.termination == .exited(1))
        #expect(outcome.codeError?.type == "TypeError")
        #expect(outcome.codeError?.line == 3)
        #expect(outcome.stderr.text.contains("step.js:3"))
        #expect(!outcome.stderr.text.contains("/factory/"))
    }

    @Test("that does not parse names the line")
    func namesSyntaxLine() async throws {
        let outcome = try await Fixture.javascript("let a = 1\nlet b = = 2")
        #expect(outcome.codeError?.type == "SyntaxError")
        #expect(outcome.codeError?.line == 2)
    }

    @Test(
        "is told which part of its result is not JSON",
        arguments: [
            ("result = { rows: [1, new Map()] }", "result.rows[1] is a Map"), ("result = 10n", "result is a BigInt"),
            ("result = [NaN]", "result[0] is NaN"), ("result = {}; result.me = result", "result.me is part of a cycle"),
        ])
    func refusesResult(code: String, part: String) async throws {
        let outcome = try await Fixture.javascript(code)
        #expect(outcome.termination == .exited(1))
        #expect(outcome.codeError?.message.contains(part) == true)
    }

    @Test("that waits for nothing is told so")
    func noticesDeadWait() async throws {
        let outcome = try await Fixture.javascript("await new Promise(() => {})")
        #expect(outcome.termination == .exited(1))
        #expect(outcome.codeError?.message.contains("nothing settles") == true)
    }

    @Test("that fills the heap ends with the memory limit")
    func boundsHeap() async throws {
        let outcome = try await Fixture.javascript("const a = []; for (;;) a.push(new Array(1000).fill(Math.random()))")
        {
            $0.memoryBytes = 128 << 20
        }
        #expect(outcome.termination == .memoryLimit)
    }

    @Test("cannot reach the network")
    func hasNoNetwork() async throws {
        let code = """
            const net = require('node:net')
            result = await new Promise((settle) => {
                net.connect(1, '127.0.0.1').on('error', (error) => settle(error.code)).on('connect', () => settle('in'))
            })
            """
        let outcome = try await Fixture.javascript(code)
        #expect(outcome.result == "EPERM")
    }
}
