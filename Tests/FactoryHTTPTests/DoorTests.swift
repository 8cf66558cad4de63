import FactoryAPI
import FactoryJSON
import HTTPTypes
import Testing

@testable import FactoryHTTP

@Suite("The door") struct DoorTests {
    private let door = Door(
        matcher: RouteMatcher(RouteTable.all), hosts: HostNames(bound: "127.0.0.1", further: ["factory.example"]),
        documentBytes: 1_000_000)

    private func head(
        _ method: HTTPRequest.Method, _ path: String, host: String? = "127.0.0.1:7070",
        _ fields: [String: String] = [:]
    ) -> HTTPRequest {
        var headers = HTTPFields()
        for (name, value) in fields { if let name = HTTPField.Name(name) { headers[name] = value } }
        return HTTPRequest(method: method, scheme: "http", authority: host, path: path, headerFields: headers)
    }

    private func refusal(_ head: HTTPRequest) -> APIProblemCode? {
        do throws(APIProblem) {
            _ = try door.content(
                of: head, try door.admit(head, to: try door.target(of: head, port: 7_070), port: 7_070))
            return nil
        } catch { return error.code }
    }

    @Test("looks at the host before anything else")
    func hosts() {
        for host in ["127.0.0.1:7070", "localhost:7070", "[::1]:7070", "LocalHost:7070", "factory.example"] {
            #expect(refusal(head(.get, "/healthz", host: host)) == nil, "\(host)")
        }
        for host in [
            nil, "", "127.0.0.1", "127.0.0.1:80", "example.com", "127.0.0.1:7070:7070", "::1:7070", "[::1]",
            "factory.example:80", "user@127.0.0.1:7070", "127.0.0.1:07070x", "127.0.0.1:", "localhost.:7070",
        ] { #expect(refusal(head(.get, "/healthz", host: host)) == .hostNotAllowed, "\(host ?? "nil")") }
    }

    @Test("refuses pages of other origins, whatever they ask for")
    func origins() {
        #expect(refusal(head(.get, "/healthz", ["Origin": "http://127.0.0.1:7070"])) == nil)
        #expect(refusal(head(.get, "/healthz", ["Origin": "https://factory.example"])) == nil)
        for origin in ["null", "http://127.0.0.1", "https://127.0.0.1:7070", "http://127.0.0.1:7070/", "x"] {
            #expect(refusal(head(.get, "/healthz", ["Origin": origin])) == .originNotAllowed, "\(origin)")
        }
        #expect(refusal(head(.get, "/healthz", ["Sec-Fetch-Site": "cross-site"])) == .originNotAllowed)
    }

    @Test("decodes paths once, and knows no way around the table")
    func paths() {
        #expect(refusal(head(.get, "/api/v1/runs%2f")) == .notFound)
        #expect(refusal(head(.get, "/api/v1//runs")) == nil)
        #expect(refusal(head(.get, "/%68ealthz")) == nil)
        #expect(refusal(head(.get, "/api/v1/runs?limit=1&limt=2")) == .unknownParameter)
        #expect(refusal(head(.get, "healthz")) == .badRequest)
        #expect(refusal(head(.get, "/" + String(repeating: "x", count: 9_000))) == .targetTooLong)
    }

    @Test("takes bodies of the kinds and sizes that a route names")
    func bodies() {
        func post(_ path: String, _ kind: String, _ bytes: Int) -> APIProblemCode? {
            refusal(head(.post, path, ["Content-Type": kind, "Content-Length": String(bytes)]))
        }
        #expect(post("/api/v1/pipelines", "application/yaml", 10) == nil)
        #expect(post("/api/v1/pipelines", "text/plain", 10) == .unsupportedMediaType)
        #expect(post("/api/v1/pipelines", "text/plain", 0) == nil)
        #expect(post("/api/v1/pipelines", "application/json", 1_000_001) == .bodyTooLarge)
        #expect(post("/api/v1/runs/run_1/cancel", "application/json", Route.standardBodyBytes + 1) == .bodyTooLarge)
    }
}

@Suite("A merge patch") struct MergePatchTests {
    @Test(
        "does what RFC 7396 shows",
        arguments: [
            (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
            (#"{"a":"b"}"#, #"{"a":null}"#, "{}"), (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
            (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
            (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
            (#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#), (#"["a","b"]"#, #"["c","d"]"#, #"["c","d"]"#),
            (#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#), (#"[1,2]"#, #"{"a":"b","c":null}"#, #"{"a":"b"}"#),
            ("{}", #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
        ])
    func examples(_ target: String, _ patch: String, _ result: String) throws {
        #expect(
            MergePatch.apply(try JSON(parsing: patch), to: try JSON(parsing: target)) == (try JSON(parsing: result)))
    }
}

@Suite("A rewrite of a document") struct DocumentRewriteTests {
    private let text = """
        # top
        name: x  # name
        steps:
          # first
          - id: a
            with: {n: 1}  # one
          # second
          - id: b  # bee
            with:
              list:
                - 1  # keep
                - 2

        """

    private func rewritten(_ change: (inout JSON) -> Void) throws -> String? {
        var goal = try JSON(
            parsing: #"{"name":"x","steps":[{"id":"a","with":{"n":1}},{"id":"b","with":{"list":[1,2]}}]}"#)
        change(&goal)
        return DocumentRewrite.text(of: text, rewrittenTo: goal).map { String(decoding: $0, as: UTF8.self) }
    }

    private func set(_ goal: inout JSON, _ key: String, _ value: JSON?) {
        guard case .object(var members) = goal else { return }
        members[key] = value
        goal = .object(members)
    }

    @Test("changes nothing where nothing changed")
    func nothing() throws { #expect(try rewritten { _ in } == text) }

    @Test("keeps every comment of what stays")
    func scalar() throws {
        #expect(try rewritten { set(&$0, "name", "other") } == text.replacing("name: x", with: "name: other"))
    }

    @Test("moves steps with their comments, adds and removes them")
    func steps() throws {
        let swapped = try rewritten { goal in
            set(&goal, "steps", .array((goal["steps"]?.arrayValue ?? []).reversed() + [["id": "c"]]))
        }
        let shown = try #require(swapped)
        #expect(shown.contains("  # second\n  - id: b  # bee"))
        #expect(
            try #require(shown.firstRange(of: "id: b")).lowerBound < #require(shown.firstRange(of: "id: a")).lowerBound)
        let single = try rewritten { goal in set(&goal, "steps", .array([goal["steps"]?[1] ?? .null])) }
        #expect(single?.contains("# first") == false)
        #expect(single?.contains("# bee") == true)
    }
}
