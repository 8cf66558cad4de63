import FactoryDefinition
import FactoryDomain
import FactoryExpressions
import FactoryJSON
import Testing

@Suite("A step's fields") struct FieldsTests {
    private func fields(_ type: String, _ with: String) throws -> StepFields {
        let reading = DocumentReading(
            yaml: """
                version: 1
                name: demo
                inputs: {x: {}, name: {type: string}}
                steps:
                  - {id: plan, type: transform}
                  - id: s
                    type: \(type)
                    with:
                      \(with.split(separator: "\n").joined(separator: "\n      "))
                """)
        #expect(reading.problems == [])
        return try #require(reading.step("s")?.fields)
    }

    private var scope: Scope {
        var scope = Scope()
        scope["inputs"] = ["x": [1, 2], "name": "Ada"]
        scope["steps"] = ["plan": ["output": ["result": "p"]]]
        return scope
    }

    @Test("render templates at any depth, keep types of sole expressions, and fill in defaults")
    func render() throws {
        let fields = try fields(
            "code",
            "language: python\ncode: 'return {{ inputs }}'\ninputs: {a: '{{ inputs.x }}', b: {c: ['Hi {{ inputs.name }}', 5]}}"
        )
        let rendered = try fields.render(in: scope)
        #expect(rendered["inputs"] == ["a": [1, 2], "b": ["c": ["Hi Ada", 5]]])
        #expect(rendered["code"] == "return {{ inputs }}")
        #expect(rendered["files"] == "none")
        #expect(rendered["check"] == true)
        #expect(fields.raw["check"] == nil)
        #expect(fields.references.map(\.path) == [["inputs", "x"], ["inputs", "name"]])
    }

    @Test("fill in no default that means nothing beside the others")
    func conditionalDefaults() throws {
        let read = try fields("file", "operation: read\npath: a.txt").render(in: scope)
        #expect(read.objectValue?.keys.sorted() == ["missing_ok", "operation", "parse", "path"])
        let write = try fields("file", "operation: write\npath: a.txt\ncontent: x").render(in: scope)
        #expect(write.objectValue?.keys.sorted() == ["content", "encoding", "if_exists", "operation", "path"])
    }

    @Test("name the field whose template fails")
    func failure() throws {
        let fields = try fields("prompt", "messages: [{role: user, content: '{{ inputs.x.y }}'}]")
        let error = #expect(throws: FieldError.self) { try fields.render(in: scope) }
        #expect(error?.path == "with.messages[0].content")
    }

    @Test("give compiled expressions and the executor's templates by JSON Pointer")
    func pointers() throws {
        let condition = try fields(
            "condition", "cases: [{when: inputs.x.size() > 1, then: end}]\nelse: fail\nmessage: no")
        #expect(try condition.expression(at: "/cases/0/when")?.bool(in: scope) == true)
        #expect(condition.expression(at: "/if") == nil)
        let transform = try fields(
            "transform",
            "input: '{{ inputs.x }}'\nops:\n  - map: item + 1\n  - sort: {by: item}\n  - template: '{{ input }}!'"
        )
        #expect(transform.expression(at: "/ops/0/map")?.source == "item + 1")
        #expect(transform.expression(at: "/ops/1/sort/by")?.source == "item")
        #expect(transform.template(at: "/ops/2/template")?.source == "{{ input }}!")
        let rendered = try transform.render(in: scope)
        #expect(rendered["input"] == [1, 2])
        #expect(rendered["ops"]?[1] == ["sort": ["by": "item", "order": "asc"]])
        #expect(rendered["ops"]?[2] == ["template": "{{ input }}!"])
    }

    @Test("take one element for a list of one where both may stand")
    func oneOrMany() throws {
        #expect(try fields("api", "url: http://x\nexpect: 204").render(in: scope)["expect"] == [204])
        #expect(try fields("api", "url: http://x").render(in: scope)["expect"] == ["2xx"])
    }

    @Test("keep secrets in the places where they may stand")
    func secrets() throws {
        let fields = try fields(
            "api",
            "url: http://x\nheaders: {A: 'Bearer {{ secrets.KEY }}'}\nauth: {bearer: '{{- secrets.T -}}'}\njson: {k: ['{{ secrets.K }}']}"
        )
        #expect(fields.references.map(\.path) == [["secrets", "KEY"], ["secrets", "T"], ["secrets", "K"]])
    }

    @Test("take the document's default model, and the step's own over it")
    func defaultModel() throws {
        let reading = DocumentReading(
            yaml: """
                version: 1
                name: demo
                defaults: {model: local/small, timeout: 2m, retry: {max_attempts: 4, delay: 2s}}
                steps:
                  - {id: a, type: prompt, with: {prompt: x}}
                  - {id: b, type: prompt, with: {prompt: x, model: big}, timeout: 250ms, retry: {max_attempts: 2}}
                """)
        let (a, b) = (try #require(reading.step("a")), try #require(reading.step("b")))
        #expect(try a.fields.render(in: Scope())["model"] == "local/small")
        #expect(try b.fields.render(in: Scope())["model"] == "big")
        #expect([a.timeout, b.timeout] == [.seconds(120), .milliseconds(250)])
        #expect([a.retry.maxAttempts, b.retry.maxAttempts] == [4, 2])
        #expect([a.retry.delay, b.retry.delay] == [.seconds(2), .seconds(2)])
    }

    @Test("have the timeouts of their type where nothing is written")
    func timeouts() {
        let reading = DocumentReading(
            steps: """
                  - {id: a, type: prompt, with: {prompt: x}}
                  - {id: b, type: api, with: {url: http://x}}
                  - {id: c, type: code, with: {language: python, code: x}}
                  - {id: d, type: transform}
                """)
        #expect(reading.pipeline?.steps.map(\.timeout) == [.seconds(600), .seconds(60), .seconds(30), .seconds(60)])
    }
}

@Suite("A step") struct StepTests {
    @Test("carries what was written")
    func all() throws {
        let reading = DocumentReading(
            steps: """
                  - id: a
                    type: transform
                    title: First
                    description: Begins.
                    enabled: false
                    if: succeeded() && 1 < 2
                    outputs: {n: result.result}
                    on_error: {value: {n: 0}}
                    retry: {max_attempts: 3, backoff: fixed, jitter: false, max_delay: 1m, on: [any, rate_limit]}
                  - {id: b, type: transform, on_error: continue, with: {input: "{{ steps.a.output.n }}"}}
                """)
        #expect(reading.problems == [])
        let (a, b) = (try #require(reading.step("a")), try #require(reading.step("b")))
        #expect(a.title == "First")
        #expect(a.description == "Begins.")
        #expect(!a.isEnabled)
        #expect(a.condition?.source == "succeeded() && 1 < 2")
        #expect(a.outputs?.map(\.name) == ["n"])
        #expect(a.onError == .value(["n": 0]))
        #expect(
            a.retry
                == RetryPolicy(
                    maxAttempts: 3, backoff: .fixed, maxDelay: .seconds(60), jitter: false, on: [.rateLimit],
                    onAny: true))
        #expect(b.onError == .continue)
        #expect(b.needs == ["a"])
        #expect(reading.pipeline?.endSteps == ["b"])
    }

    @Test("waits longer before each retry, up to the limit")
    func delays() {
        let policy = RetryPolicy.standard
        #expect((1...4).map(policy.delay(beforeRetry:)) == [.seconds(1), .seconds(2), .seconds(4), .seconds(8)])
        #expect(policy.delay(beforeRetry: 1_000) == .seconds(300))
        #expect(RetryPolicy(backoff: .fixed).delay(beforeRetry: 9) == .seconds(1))
        #expect(policy.covers(.rateLimit))
        #expect(!policy.covers(.invalidOutput))
        #expect(RetryPolicy(onAny: true).covers(.other))
    }

    @Test(
        "takes durations of one unit",
        arguments: [
            ("250ms", Duration.milliseconds(250)), ("30s", .seconds(30)), ("5m", .seconds(300)),
            ("2h", .seconds(7_200)),
            ("30", nil), ("s", nil), ("1.5s", nil), ("1h30m", nil), ("-1s", nil), ("30 s", nil), ("99999999h", nil),
            ("", nil),
        ])
    func durations(text: String, duration: Duration?) {
        #expect(Duration(documentText: text) == duration)
    }

    @Test(
        "takes sizes in bytes or with a unit",
        arguments: [
            ("512", 512), ("64KiB", 65_536), ("1 MiB", 1_048_576), ("2GB", 2_000_000_000), ("5 apples", nil), ("", nil),
            ("9999999999999GiB", nil),
        ] as [(String, Int64?)])
    func sizes(text: String, bytes: Int64?) {
        #expect(ByteSize.bytes(in: text) == bytes)
    }
}

@Suite("The table of step types") struct StepTypeTests {
    @Test("lists every type of the format once, and refuses three")
    func types() {
        #expect(
            StepType.all.map(\.name) == [
                "prompt", "code", "file", "api", "condition", "transform", "loop", "pipeline", "approval",
            ])
        #expect(StepType.all.filter { !$0.isInThisBuild }.map(\.name) == ["loop", "pipeline", "approval"])
    }

    @Test("names each field once, and only fields that exist in rules")
    func fields() {
        for type in StepType.all {
            let names = type.fields.map(\.name)
            #expect(Set(names).count == names.count)
            for rule in type.rules {
                let used: [String] =
                    switch rule {
                    case .atMostOne(let keys), .exactlyOne(let keys): keys
                    case .requires(let keys, let key, _), .requiresOne(let keys, let key, _): keys + [key]
                    case .only(let field, let key, _), .words(let field, _, let key, _): [field, key]
                    case .onlyBeside(let field, let other): [field, other]
                    }
                #expect(Set(names).isSuperset(of: used), "\(type.name): \(used)")
            }
        }
    }
}
