import FactoryJSON
import Synchronization
import Testing

@testable import FactorySandbox

@Suite("Python code", .timeLimit(.minutes(1))) struct PythonTests {
    @Test("gets its inputs and gives back what main returns")
    func returnsFromMain() async throws {
        let outcome = try await Fixture.python(
            "def main(inputs):\n    return {'sum': inputs['a'] + 1}", inputs: ["a": 2])
        #expect(outcome.termination == .exited(0))
        #expect(outcome.result == ["sum": 3])
        #expect(outcome.isolation == .full)
        #expect(outcome.peakMemoryBytes > 1 << 20)
    }

    @Test(
        "gives a result in every way the contract names",
        arguments: [
            ("result = [1, 2.5, None, 'ü']", [1, 2.5, nil, "ü"]),
            ("async def main(inputs):\n    return 7", 7), ("def main(*args, x=1):\n    return len(args)", 1),
            ("def main():\n    return 1\nresult = 2", 2), ("def main(a, b):\n    return 1\nresult = 3", 3),
            ("print('first')\nprint('{\"a\": 1}')\nprint()", ["a": 1]),
            ("def main(inputs):\n    print('[1]')", [1]),
            ("import sys\nresult = 5\nsys.exit()", 5),
        ] as [(String, JSON)])
    func givesResult(code: String, expected: JSON) async throws {
        let outcome = try await Fixture.python(code)
        #expect(outcome.termination == .exited(0), "\(outcome.stderr.text)")
        #expect(outcome.result == expected)
    }

    @Test("without a result and without JSON on its last line has none")
    func hasNoResult() async throws {
        let outcome = try await Fixture.python("print('done')")
        #expect(outcome.result == nil)
        #expect(outcome.resultProblem == nil)
        #expect(outcome.stdout == SandboxText(text: "done\n", bytes: 5, isTruncated: false))
    }

    @Test("that raises names the innermost line of its own")
    func namesLine() async throws {
        let outcome = try await Fixture.python("import json\ndef f(x):\n    return json.loads(x)\nf('{')")
        #expect(outcome.termination == .exited(1))
        #expect(outcome.codeError?.type == "JSONDecodeError")
        #expect(outcome.codeError?.line == 3)
        #expect(outcome.stderr.text.contains("File \"step.py\", line 3, in f"))
        #expect(outcome.stderr.text.contains("return json.loads(x)"))
        #expect(!outcome.stderr.text.contains("/factory/"))
    }

    @Test("that does not parse names the line")
    func namesSyntaxLine() async throws {
        let outcome = try await Fixture.python("a = 1\nb = = 2")
        #expect(outcome.codeError?.type == "SyntaxError")
        #expect(outcome.codeError?.line == 2)
    }

    @Test("is told which part of its result is not JSON")
    func refusesResult() async throws {
        let outcome = try await Fixture.python("result = {'rows': [1, {2}]}")
        #expect(outcome.termination == .exited(1))
        #expect(outcome.codeError?.message == "the result is not JSON: result['rows'][1] is of type set")
    }

    @Test("is told so too when it ends itself")
    func refusesResultAtExit() async throws {
        let outcome = try await Fixture.python("result = {1}\nexit()")
        #expect(outcome.termination == .exited(1))
        #expect(outcome.codeError?.message == "the result is not JSON: result is of type set")
    }

    @Test("gives one result, whatever children it forks")
    func ignoresChildren() async throws {
        let outcome = try await Fixture.python("import os\npid = os.fork()\nif pid: os.wait()\nresult = pid > 0")
        #expect(outcome.result == true, "\(outcome.resultProblem ?? "")")
    }

    @Test("reports progress and output while it runs")
    func reports() async throws {
        let seen = Mutex<[SandboxOutput]>([])
        _ = try await Fixture.python(
            "print('zwölf')\nprogress(3, 3, 'rows')", onOutput: { output in seen.withLock { $0.append(output) } })
        let outputs = seen.withLock { $0 }
        #expect(outputs.contains(.stdout("zwölf\n")))
        #expect(outputs.contains(.progress(done: 3, of: 3, note: "rows")))
    }

    @Test("keeps its exit code")
    func keepsExitCode() async throws {
        let outcome = try await Fixture.python("print('before')\nexit(7)")
        #expect(outcome.termination == .exited(7))
        #expect(outcome.exitCode == 7)
        #expect(outcome.stdout.text == "before\n")
    }

    @Test("that crashes shows the signal")
    func showsSignal() async throws {
        let outcome = try await Fixture.python("import os\nos.abort()")
        #expect(outcome.termination == .signaled(6))
        #expect(outcome.exitCode == nil)
    }

    @Test("cannot turn a failure into a success by what it writes")
    func cannotForge() async throws {
        let forge = """
            import os
            for descriptor in range(3, 64):
                try: os.write(descriptor, b'{"result": "forged"}')
                except OSError: pass
            os._exit(1)
            """
        let outcome = try await Fixture.python(forge)
        #expect(outcome.termination == .exited(1))
        #expect(outcome.result == nil)
    }

    @Test("that spoils its own result is told so")
    func cannotSpoil() async throws {
        let spoil = """
            import os
            for descriptor in range(3, 64):
                try: os.write(descriptor, b'{"result": 1} trailing')
                except OSError: pass
            """
        let outcome = try await Fixture.python(spoil)
        #expect(outcome.result == nil)
        #expect(outcome.resultProblem?.contains("cannot be read") == true)
    }
}
