import FactoryDomain
import FactoryJSON
import Testing

@testable import FactorySteps

@Suite("The op diagnostics") struct DiagnosticsTests {
    private func run(_ text: String, _ options: String = "{}") async throws -> [String] {
        let found = try await OpStage.run("- diagnostics: \(options)", on: .string(text))
        return (found.arrayValue ?? []).map { entry in
            #expect(entry.objectValue?.keys == ["file", "line", "column", "severity", "message"])
            return ["file", "line", "column", "severity", "message"].map { entry[$0].map(PlainText.of) ?? "" }
                .joined(separator: "|")
        }
    }

    @Test(
        "reads what compilers print",
        arguments: [
            ("a.c:3:5: error: expected ';'\n    x\n    ^", ["a.c|3|5|error|expected ';'"]),
            (
                "src/a.swift:1:2: warning: unused: x\nsrc/a.swift:1:2: note: here",
                [
                    "src/a.swift|1|2|warning|unused: x", "src/a.swift|1|2|note|here",
                ]
            ),
            ("a.c:1:1: fatal error: 'x.h' file not found", ["a.c|1|1|error|'x.h' file not found"]),
            (
                "./main.go:7:2: undefined: x\nmain.go:9: oops",
                ["./main.go|7|2|error|undefined: x", "main.go|9||error|oops"]
            ),
            (#"C:\a\b.c:3:5: error: x"#, [#"C:\a\b.c|3|5|error|x"#]),
            ("src/a.ts(3,7): error TS2322: Type 'x'", ["src/a.ts|3|7|error|TS2322: Type 'x'"]),
            (
                "error[E0308]: mismatched types\n  --> src/main.rs:2:9\n   |\nwarning: 1 more",
                [
                    "src/main.rs|2|9|error|E0308: mismatched types", "|||warning|1 more",
                ]
            ),
            (
                "Traceback (most recent call last):\n  File \"a.py\", line 9, in <module>\n  File \"b.py\", line 2, in f\n"
                    + "    x\nValueError: bad", ["b.py|2||error|ValueError: bad"]
            ),
            (
                "  File \"a.py\", line 1\n    x x\n      ^\nSyntaxError: invalid syntax",
                ["a.py|1||error|SyntaxError: invalid syntax"]
            ),
            ("all fine\n12:30:00 started\nhttp://a.b:80:1: x\n", []),
        ] as [(String, [String])])
    func compiler(_ text: String, _ expected: [String]) async throws {
        #expect(try await run(text, "{format: compiler}") == expected)
        #expect(try await run(text) == expected)
    }

    @Test("reads pytest's summary with the places of its report")
    func pytest() async throws {
        let text = """
            ============================= test session starts ==============================
            collected 3 items
            =================================== FAILURES ===================================
            ___________________________________ test_add ___________________________________

                def test_add():
            >       assert add(1, 2) == 4
            E       assert 3 == 4

            tests/test_a.py:5: AssertionError
            _________________________________ TestB.test_c _________________________________

            tests/test_b.py:9: in test_c
            src/b.py:3: ValueError
            =========================== short test summary info ============================
            FAILED tests/test_a.py::test_add - assert 3 == 4
            FAILED tests/test_b.py::TestB::test_c - ValueError: bad
            ERROR tests/test_c.py - ImportError: no x
            ========================= 2 failed, 1 error in 0.01s ==========================
            """
        let expected = [
            "tests/test_a.py|5||error|test_add: assert 3 == 4", "src/b.py|3||error|TestB.test_c: ValueError: bad",
            "tests/test_c.py|||error|ImportError: no x",
        ]
        #expect(try await run(text) == expected)
        #expect(try await run(text, "{format: pytest, limit: 1}") == Array(expected.prefix(1)))
        #expect(try await run("x.py:5: AssertionError\n", "{format: pytest}") == ["x.py|5||error|AssertionError"])
    }

    @Test("reads JUnit's report")
    func junit() async throws {
        let text = """
            <?xml version="1.0"?>
            <testsuites><testsuite name="s">
              <testcase classname="A" name="ok"/>
              <testcase classname="A" name="skip"><skipped/></testcase>
              <testcase classname="A" name="bad" file="a.py" line="4"><failure message="1 != 2">long</failure></testcase>
              <testcase name="worse"><error>
                src/b.c:7:1: error: crashed
              </error></testcase>
            </testsuite></testsuites>
            """
        #expect(
            try await run(text)
                == ["a.py|4||error|A.bad: 1 != 2", "src/b.c|7||error|worse: src/b.c:7:1: error: crashed"])
    }

    @Test("passes over a byte order mark before a report")
    func byteOrderMark() async throws {
        let report = "\u{FEFF}<testsuite><testcase name='a'><error>x</error></testcase></testsuite>"
        #expect(try await run(report) == ["|||error|a: x"])
    }

    @Test("reads SARIF")
    func sarif() async throws {
        let text = #"""
            {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "t", "rules": [
              {"id": "R2", "messageStrings": {"m": {"text": "from the rule"}}}]}}, "results": [
              {"ruleId": "R1", "level": "error", "message": {"text": "bad"}, "locations": [{"physicalLocation":
                {"artifactLocation": {"uri": "a.js"}, "region": {"startLine": 3, "startColumn": 2}}}]},
              {"ruleId": "R2", "message": {"id": "m"}}, {"level": "note", "message": {"text": "n"}}]}]}
            """#
        #expect(try await run(text) == ["a.js|3|2|error|R1: bad", "|||warning|R2: from the rule", "|||note|n"])
    }

    @Test("keeps as many as the limit says, a hundred where it says nothing")
    func limit() async throws {
        let text = (1...150).map { "a.c:\($0):1: error: x\n" }.joined()
        #expect(try await run(text).count == 100)
        #expect(try await run(text, "{limit: 120}").count == 120)
        #expect(try await run("", "{limit: 1}") == [])
    }

    @Test(
        "says why a report cannot be read",
        arguments: [
            ("{format: junit}", "<a/>", "the root element is \"a\""), ("{format: junit}", "<a>", "no XML at line 1"),
            ("{format: sarif}", "{}", "there is no list \"runs\""), ("{format: sarif}", "{", "no JSON"),
            ("{format: sarif}", #"{"runs":[{"results":[{}]}]}"#, "runs[0].results[0] has no message"),
        ])
    func fails(_ options: String, _ text: String, _ message: String) async throws {
        let failure = try await OpStage.failure("- diagnostics: \(options)", on: .string(text))
        #expect(failure.message.hasPrefix("ops[0] (diagnostics): "), "\(failure.message)")
        #expect(failure.message.contains(message), "\(failure.message)")
        #expect(try await OpStage.failure("- diagnostics: {}", on: [1]).code == "invalid_input")
    }
}
