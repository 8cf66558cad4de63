import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryNetwork
import FactoryTestKit
import FactoryWorkspace
import Testing

@testable import FactorySteps

@Suite("An api step") struct APIExecutorTests {
    @Test("sends what it says, and gives the answer as a value")
    func json() async throws {
        try await ExecutorStage.run(
            answer: { _ in [.text(#"{"ok": true}"#, type: "application/json; charset=utf-8")] }
        ) { stage in
            let output = try await stage.output(
                stage.api,
                """
                method: POST
                url: "{{ inputs.base }}/items"
                query: {q: "a b", n: 2, list: [x, "y"]}
                headers: {X-Trace: "{{ 1 + 1 }}"}
                json: {name: "{{ inputs.name }}", empty: {}}
                """, inputs: ["base": .string(stage.base), "name": "ü"])
            #expect(output.value["status"] == 200)
            #expect(output.value["body"] == ["ok": true])
            #expect(output.value["text"] == nil)
            #expect(output.value["headers"]?["content-type"]?.stringValue == "application/json; charset=utf-8")
            #expect(output.value["timing"]?["total_ms"]?.intValue != nil)
            let request = try #require(stage.server.requests.first)
            #expect(request.line == "POST /items?q=a%20b&n=2&list=x&list=y HTTP/1.1")
            #expect(request.header("X-Trace") == "2")
            #expect(request.header("Content-Type") == "application/json")
            #expect(request.header("Idempotency-Key") == "sr_1")
            #expect(request.body == #"{"name":"ü","empty":{}}"#)
        }
    }

    @Test("sends a form, a text, a file, or an empty object")
    func bodies() async throws {
        try await ExecutorStage.run(answer: { _ in [.text("done")] }) { stage in
            stage.folder.write("file content", to: "work/data.txt")
            for with in ["form: {a: \"1 2\", b: \"&\"}", "text: hello", "file: data.txt", "json: {}"] {
                let output = try await stage.output(stage.api, "method: PUT\nurl: \(stage.base)/\n\(with)")
                #expect(output.value["text"] == "done")
            }
            #expect(stage.server.requests.map(\.body) == ["a=1%202&b=%26", "hello", "file content", "{}"])
            #expect(
                stage.server.requests.map { $0.header("Content-Type") } == [
                    "application/x-www-form-urlencoded", "text/plain; charset=utf-8", "application/octet-stream",
                    "application/json",
                ])
        }
    }

    @Test("puts secrets in at the last moment only")
    func secrets() async throws {
        try await ExecutorStage.run(answer: { _ in [.text("x")] }) { stage in
            let secrets = ["TOKEN": "s3cr3t-token", "USER": "ann"]
            for with in [
                "auth: {bearer: \"{{ secrets.TOKEN }}\"}",
                "auth: {basic: {username: \"{{ secrets.USER }}\", password: \"{{ secrets.TOKEN }}\"}}",
                "auth: {api_key: {header: X-Key, value: \"{{ secrets.TOKEN }}\"}}",
                "auth: {api_key: {query: key, value: \"{{ secrets.TOKEN }}\"}}",
                "headers: {X-Mine: \"token {{ secrets.TOKEN }}\"}", "query: {k: \"{{ secrets.TOKEN }}\"}",
                "method: POST\njson: {deep: [\"{{ secrets.TOKEN }}\"]}",
            ] {
                _ = try await stage.output(stage.api, "url: \(stage.base)/\n\(with)", secrets: secrets)
            }
            let requests = stage.server.requests
            #expect(requests[0].header("Authorization") == "Bearer s3cr3t-token")
            #expect(requests[1].header("Authorization") == "Basic YW5uOnMzY3IzdC10b2tlbg==")
            #expect(requests[2].header("X-Key") == "s3cr3t-token")
            #expect(requests[3].line == "GET /?key=s3cr3t-token HTTP/1.1")
            #expect(requests[4].header("X-Mine") == "token s3cr3t-token")
            #expect(requests[5].line == "GET /?k=s3cr3t-token HTTP/1.1")
            #expect(requests[6].body == #"{"deep":["s3cr3t-token"]}"#)
        }
    }

    @Test("leaves a secret behind when it is redirected elsewhere")
    func redirectedSecrets() async throws {
        try await ExecutorStage.run(answer: { _ in [.text("x")] }) { other in
            let location = other.base
            try await ExecutorStage.run(
                answer: { _ in [.answer(302, headers: [("Location", location)], body: [])] }
            ) { stage in
                stage.egress.policy.allowed += other.egress.policy.allowed
                _ = try await stage.output(
                    stage.api,
                    """
                    url: \(stage.base)/
                    follow_redirects: true
                    headers: {X-Mine: "{{ secrets.TOKEN }}", X-Plain: p}
                    auth: {api_key: {header: X-Key, value: "{{ secrets.TOKEN }}"}}
                    """, secrets: ["TOKEN": "s3cr3t-token"])
                let request = try #require(other.server.requests.first)
                #expect(request.header("X-Mine") == nil)
                #expect(request.header("X-Key") == nil)
                #expect(request.header("X-Plain") == "p")
            }
        }
    }

    @Test(
        "fails on a status it does not expect, and keeps the answer",
        arguments: [(404, "other"), (429, "rate_limit"), (500, "server_error"), (503, "server_error"), (302, "other")])
    func status(status: Int, failureClass: String) async throws {
        try await ExecutorStage.run(
            answer: { _ in
                [.text(#"{"why": "x"}"#, status: status, type: "application/json", headers: [("Retry-After", "3")])]
            }
        ) { stage in
            let failure = try await stage.failure(stage.api, "url: \(stage.base)/")
            #expect(failure.code == "http_status")
            #expect(failure.class.rawValue == failureClass)
            #expect(failure.output?["status"] == .int(Int64(status)))
            #expect(failure.output?["body"]?["why"] == "x")
            #expect(failure.retryAfter == .seconds(3))
            let accepted = try await stage.output(
                stage.api, "url: \(stage.base)/\nexpect: [2xx, \(status), 400-499]")
            #expect(accepted.value["status"] == .int(Int64(status)))
        }
    }

    @Test("reads the answer as parse says")
    func parse() async throws {
        try await ExecutorStage.run(
            answer: { request in
                request.line.contains("broken")
                    ? [.text("{oops", type: "application/json")] : [.text("[1]", type: "text/plain")]
            }
        ) { stage in
            #expect(try await stage.output(stage.api, "url: \(stage.base)/").value["text"] == "[1]")
            #expect(try await stage.output(stage.api, "url: \(stage.base)/\nparse: json").value["body"] == [1])
            let broken = try await stage.output(stage.api, "url: \(stage.base)/broken")
            #expect(broken.value["text"] == "{oops")
            #expect(broken.warnings.count == 1)
            let text = try await stage.output(stage.api, "url: \(stage.base)/broken\nparse: text")
            #expect(text.warnings.isEmpty)
            let failure = try await stage.failure(stage.api, "url: \(stage.base)/broken\nparse: json")
            #expect(failure.code == "invalid_output")
            #expect(failure.class == .invalidOutput)
            #expect(failure.output?["text"] == "{oops")
        }
    }

    @Test("waits until the date that the other side names")
    func retryDate() async throws {
        let headers = [("Date", "Wed, 21 Oct 2026 07:28:00 GMT"), ("Retry-After", "Wed, 21 Oct 2026 07:28:07 GMT")]
        try await ExecutorStage.run(answer: { _ in [.text("later", status: 503, headers: headers)] }) { stage in
            let failure = try await stage.failure(stage.api, "url: \(stage.base)/")
            #expect(failure.retryAfter == .seconds(7))
        }
    }

    @Test(
        "makes a value of an answer in any of the formats",
        arguments: [
            ("jsonl", "1\n{\"a\": 2}\n", #"[1,{"a":2}]"#), ("yaml", "a: [on]\n", #"{"a":["on"]}"#),
            ("csv", "n,v\na,1\n", #"[{"n":"a","v":"1"}]"#), ("tsv", "n\tv\na\t1\n", #"[{"n":"a","v":"1"}]"#),
            ("toml", "a = 1\n", #"{"a":1}"#), ("xml", "<a b=\"1\"/>", #"{"a":{"@b":"1"}}"#),
            ("lines", "a\r\nb", #"["a","b"]"#), ("base64", "ab", #""YWI=""#),
        ])
    func formats(form: String, text: String, expected: String) async throws {
        try await ExecutorStage.run(answer: { _ in [.text(text)] }) { stage in
            let output = try await stage.output(stage.api, "url: \(stage.base)/\nparse: \(form)")
            #expect(try output.value["body"] == JSON(parsing: expected))
            #expect(output.value["text"] == nil)
        }
        try await ExecutorStage.run(answer: { _ in [.text("\"a\",\"b\"\n\"x\": [,\n")] }) { stage in
            guard !["lines", "base64"].contains(form) else { return }
            let failure = try await stage.failure(stage.api, "url: \(stage.base)/\nparse: \(form)")
            #expect(failure.code == "invalid_output")
            #expect(failure.message.contains("line "), "\(failure.message)")
        }
    }

    @Test("does not keep what is no text, and says so")
    func binary() async throws {
        try await ExecutorStage.run(
            answer: { _ in [.answer(headers: [("Content-Type", "image/png")], body: [0x89, 0xFF, 0x00])] }
        ) { stage in
            let output = try await stage.output(stage.api, "url: \(stage.base)/")
            #expect(output.value["text"] == JSON.null)
            #expect(output.warnings.first?.contains("3 bytes, image/png") == true)
            let kept = try await stage.output(stage.api, "url: \(stage.base)/\nparse: base64")
            #expect(kept.value["body"] == "if8A")
            #expect(kept.warnings.isEmpty)
            #expect(try await stage.failure(stage.api, "url: \(stage.base)/\nparse: csv").code == "invalid_output")
        }
    }

    @Test("receives no more than max_bytes")
    func maxBytes() async throws {
        try await ExecutorStage.run(answer: { _ in [.text(String(repeating: "a", count: 2_000))] }) { stage in
            let failure = try await stage.failure(stage.api, "url: \(stage.base)/\nmax_bytes: 1KiB")
            #expect(failure.code == "response_too_large")
        }
    }

    @Test("takes a max_bytes up to what memory holds; above, the document is refused")
    func boundsMaxBytes() async throws {
        try await ExecutorStage.run(answer: { _ in [.text("x")] }) { stage in
            _ = try await stage.output(stage.api, "url: \(stage.base)/\nmax_bytes: 100MiB")
        }
        let document = "version: 1\nname: a\nsteps: [{id: a, type: api, with: {url: http://a, max_bytes: 101MiB}}]"
        #expect(DocumentReader().read(Array(document.utf8)).problems.map(\.code) == ["invalid_size"])
    }

    @Test("repeats with the key it names, or with the step run's id where repeating is not safe")
    func idempotency() async throws {
        try await ExecutorStage.run(answer: { _ in [.text("x")] }) { stage in
            for with in ["method: GET", "method: DELETE", "method: POST\nidempotency_key: order-7"] {
                _ = try await stage.output(stage.api, "url: \(stage.base)/\n\(with)")
            }
            #expect(stage.server.requests.map { $0.header("Idempotency-Key") } == [nil, "sr_1", "order-7"])
        }
    }

    @Test("is refused addresses that are not open, with the way to open them")
    func denied() async throws {
        try await ExecutorStage.run(answer: { _ in [] }) { stage in
            let failure = try await stage.failure(stage.api, "url: http://169.254.169.254/latest/meta-data/")
            #expect(failure.code == "egress_denied")
            #expect(failure.class == .other)
            #expect(failure.hint?.contains("--allow-host 169.254.169.254:80") == true)
        }
    }

    @Test("fails as network error where nobody answers, and in words for what is no URL")
    func failures() async throws {
        try await ExecutorStage.run(answer: { _ in [.close] }) { stage in
            let network = try await stage.failure(stage.api, "url: \(stage.base)/")
            #expect(network.class == .network)
            let invalid = try await stage.failure(
                stage.api, "url: \"{{ inputs.url }}\"", inputs: ["url": "http://a b/"])
            #expect(invalid.code == "invalid_request")
        }
    }
}

extension ExecutorStage {
    var base: String { "http://127.0.0.1:\(server.port)" }
    var api: APIExecutor { APIExecutor(egress: egress, blobs: blobs, kind: .personal) }
}
