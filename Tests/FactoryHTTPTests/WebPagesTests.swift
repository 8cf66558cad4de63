import FactoryAPI
import HTTPTypes
import Testing

@testable import FactoryHTTP

@Suite("The pages of the web UI") struct WebPagesTests {
    private let pages = WebPages()
    private let door = Door(
        matcher: RouteMatcher(RouteTable.all), hosts: HostNames(bound: "127.0.0.1", further: []),
        documentBytes: 1_000)

    private func target(
        _ path: String, by method: HTTPRequest.Method = .get, accept: String? = nil, host: String = "127.0.0.1:7070"
    ) throws -> WebPages.Target? {
        var head = HTTPRequest(method: method, scheme: "http", authority: host, path: path)
        head.headerFields[.accept] = accept
        return door.page(for: head, to: try door.target(of: head, port: 7_070))
    }

    @Test(
        "are one page at every address that people see", arguments: ["/", "/pipelines/pl_1?step=a", "/setup", "/runs/"])
    func places(path: String) throws {
        guard case .page = try target(path) else {
            Issue.record("\(path) is no page")
            return
        }
    }

    @Test("name the files of what is at an address of one component, so that they come at once")
    func preloads() throws {
        let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: nil)
        func text(_ path: String) throws -> String {
            let target = try #require(try target(path))
            guard case .file(let bytes, _) = try pages.reply(to: target, head).content else { return "" }
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(try text("/runs").contains("modulepreload"))
        #expect(try text("/") == text("/pipelines?sort=name"))
        #expect(try text("/runs") != text("/monitor"))
        #expect(try !text("/runs/run_1").contains("modulepreload"))
    }

    @Test("leave every route of the API, and what changes something, to the API")
    func routes() throws {
        for route in RouteTable.all where route.method == .get {
            #expect(try target(route.path, accept: "text/html") == nil, "\(route.path)")
        }
        #expect(try target("/api/v2", accept: "text/html") == nil)
        #expect(try target("/pipelines", by: .post) == nil)
    }

    @Test("say to browsers, and to nobody else, that there is no such page")
    func missing() throws {
        #expect(try target("/nonsense", accept: "text/html,*/*") == .missing)
        #expect(try target("/nonsense", accept: "*/*") == nil)
        let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: nil)
        #expect(try pages.reply(to: .missing, head).status == 404)
    }

    @Test("come under the server's own names alone")
    func host() {
        #expect(throws: APIProblem.self) { try target("/pipelines", host: "other.example:7070") }
    }

    @Test("name their files by the hash of this build, and there is no file of another")
    func hashes() throws {
        let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: nil)
        guard case .file(let bytes, _) = try pages.reply(to: .page(place: nil), head).content else {
            Issue.record("no page")
            return
        }
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains("/ui/dev/"))
        let hash = try #require(text.firstMatch(of: /\/ui\/([0-9a-f]{16})\//)?.1)
        for match in text.matches(of: /\/ui\/[0-9a-f]{16}\/([^"]+)/) {
            _ = try pages.reply(to: .file(name: String(match.1), hash: String(hash)), head)
        }
        #expect(throws: APIProblem.self) {
            try pages.reply(to: .file(name: "Web/app/main.js", hash: "0123456789abcdef"), head)
        }
        #expect(throws: APIProblem.self) {
            try pages.reply(to: .file(name: "../openapi.yaml", hash: String(hash)), head)
        }
    }
}
