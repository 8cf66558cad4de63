import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryHTTP
import FactoryJSON
import FactoryLLM
import FactoryNetwork
import FactoryStore
import FactoryTestKit
import Testing

@testable import FactoryServer

@Suite("The desk of providers") struct ProviderDeskTests {
    private func problem(_ body: () async throws(APIProblem) -> Void) async -> APIProblemCode? {
        do throws(APIProblem) {
            try await body()
            return nil
        } catch { return error.code }
    }

    @Test("adds a provider on this machine for an admin, says who opened its address, and asks it for its models")
    func adds() async throws {
        try await DeskFixture.run { fixture in
            let added = try await fixture.add("mine", key: .set("sk-mine"))
            #expect(added["scope"] == "own")
            #expect(added["admitted"]?["by"] == "Root")
            #expect(added["has_key"] == true)
            #expect(added["models"] == 2)
            #expect(added["health"] == .null)
            #expect(!added.serialized().contains("sk-mine"))
            #expect(fixture.server.requests.first?.header("Authorization") == "Bearer sk-mine")
            let target = try await fixture.directory.router(for: "root").target(for: "mine/tiny")
            _ = try await target.provider.complete(.init(model: "tiny", messages: [.init(.user, "Hi")])) { _ in }
            await #expect(throws: ModelError.self) {
                try await fixture.directory.router(for: "ada").target(for: "mine/tiny")
            }
        }
    }

    @Test("refuses members an address that is not public, also when they move a provider there")
    func membersAreConfined() async throws {
        try await DeskFixture.run { fixture in
            #expect(
                await problem { () throws(APIProblem) in _ = try await fixture.add("x", for: DeskFixture.ada) }
                    == .forbidden)
            #expect(
                await problem { () throws(APIProblem) in
                    _ = try await fixture.add("x", for: DeskFixture.ada, isForAll: true)
                } == .forbidden)
            let open = try await fixture.desk.add(
                ProviderDraft(name: "open", kind: "anthropic", baseURL: "https://192.0.2.1"),
                as: fixture.desk.ids.make(),
                for: DeskFixture.admin)
            // Documentation addresses are not public: an admin opens even those.
            #expect(open["admitted"]?["by"] == "Root")
            #expect(fixture.server.requests.isEmpty)
        }
    }

    @Test("shows a provider for all to everybody, and lets admins alone change it")
    func forAll() async throws {
        try await DeskFixture.run { fixture in
            let added = try await fixture.add("shared", key: .set("sk-all"), isForAll: true)
            let id = try #require(added["id"]?.stringValue)
            let seen = try await fixture.desk.provider(id, for: DeskFixture.ada)
            #expect(seen["editable"] == false)
            #expect(seen["scope"] == "all")
            for attempt in [
                await problem { () throws(APIProblem) in try await fixture.desk.remove(id, for: DeskFixture.ada) },
                await problem { () throws(APIProblem) in
                    _ = try await fixture.desk.change(id, ProviderDraft(name: "y"), for: DeskFixture.ada)
                },
                await problem { () throws(APIProblem) in
                    _ = try await fixture.desk.setAlias("fast", "shared/big", isForAll: true, for: DeskFixture.ada)
                },
            ] { #expect(attempt == .forbidden) }
            _ = try await fixture.desk.setAlias("fast", "shared/big", isForAll: true, for: DeskFixture.admin)
            _ = try await fixture.desk.setAlias("fast", "shared/tiny", isForAll: false, for: DeskFixture.ada)
            #expect(try await fixture.directory.router(for: "ada").target(for: "fast").model == "tiny")
            #expect(try await fixture.directory.router(for: "eve").target(for: "fast").model == "big")
            try await fixture.desk.removeAlias("fast", isForAll: false, for: DeskFixture.ada)
            #expect(try await fixture.directory.router(for: "ada").target(for: "fast").model == "big")
        }
    }

    @Test("keeps an account's own from others, as if it were not there")
    func own() async throws {
        try await DeskFixture.run(isConfigured: true) { fixture in
            // The configuration has opened this address, so members may use it too.
            let added = try await fixture.add("mine", for: DeskFixture.ada, key: .set("sk-ada"))
            let id = try #require(added["id"]?.stringValue)
            #expect(added["admitted"] == .null)
            for attempt in [
                await problem { () throws(APIProblem) in _ = try await fixture.desk.provider(id, for: DeskFixture.eve)
                },
                await problem { () throws(APIProblem) in try await fixture.desk.remove(id, for: DeskFixture.admin) },
                await problem { () throws(APIProblem) in
                    _ = try await fixture.desk.test(id, model: nil, for: DeskFixture.eve)
                },
            ] { #expect(attempt == .notFound) }
            #expect(try await fixture.desk.providers(for: DeskFixture.eve).map { $0["name"] } == ["house"])
            let models = try await fixture.desk.models(for: DeskFixture.ada, refreshes: false)
            let model = try #require(models["items"]?.arrayValue?.first { $0["name"] == "mine/tiny" })
            #expect(
                await problem { () throws(APIProblem) in
                    _ = try await fixture.desk.changeModel(
                        model["id"]?.stringValue ?? "", ["context": 1], for: DeskFixture.eve)
                } == .notFound)
        }
    }

    @Test("asks for the key again when a provider moves to another server")
    func movedKey() async throws {
        try await DeskFixture.run { fixture in
            let added = try await fixture.add("mine", key: .set("sk-mine"))
            let id = try #require(added["id"]?.stringValue)
            let elsewhere = "http://127.0.0.1:9/v1"
            #expect(
                await problem { () throws(APIProblem) in
                    _ = try await fixture.desk.change(id, ProviderDraft(baseURL: elsewhere), for: DeskFixture.admin)
                } == .invalidField)
            let moved = try await fixture.desk.change(
                id, ProviderDraft(baseURL: elsewhere, key: .remove), for: DeskFixture.admin)
            #expect(moved["has_key"] == false)
            // The address it has left is closed again.
            #expect(fixture.outside.egress.policy.allowed.map(\.description) == ["127.0.0.1:9"])
            try await fixture.desk.remove(id, for: DeskFixture.admin)
            #expect(fixture.outside.egress.policy.allowed.isEmpty)
        }
    }

    @Test("shows what stands in the configuration, and changes nothing of it")
    func configured() async throws {
        try await DeskFixture.run(isConfigured: true, aliases: ["fast": "house/big"]) { fixture in
            let shown = try await fixture.desk.provider("configured:house", for: DeskFixture.ada)
            #expect(shown["editable"] == false)
            #expect(shown["scope"] == "configuration")
            #expect(!shown.serialized().contains("sk-house"))
            for attempt in [
                await problem { () throws(APIProblem) in
                    try await fixture.desk.remove("configured:house", for: DeskFixture.admin)
                },
                await problem { () throws(APIProblem) in
                    _ = try await fixture.desk.setAlias("fast", "house/tiny", isForAll: true, for: DeskFixture.admin)
                },
            ] { #expect(attempt == .conflict) }
            #expect(
                await problem { () throws(APIProblem) in _ = try await fixture.add("house", isForAll: true) }
                    == .nameTaken)
            let models = try await fixture.desk.models(for: DeskFixture.ada, refreshes: false)
            let tiny = try #require(models["items"]?.arrayValue?.first { $0["name"] == "house/tiny" })
            #expect(tiny["price"]?["input"] == 1.0)
            #expect(tiny["price"]?["as_of"] == .null)
            #expect(models["items"]?.arrayValue?.first { $0["name"] == "house/big" }?["aliases"] == ["fast"])
        }
    }

    @Test("makes a real call as its test, and says what came back")
    func test() async throws {
        try await DeskFixture.run { fixture in
            let id = try #require(try await fixture.add("mine")["id"]?.stringValue)
            let result = try await fixture.desk.test(id, model: nil, for: DeskFixture.admin)
            #expect(result["ok"] == true)
            #expect(result["text"] == "OK")
            #expect(result["model"] == "tiny")
            #expect(result["models"] == 2)
            #expect(result["usage"]?["input_tokens"] == 9)
            #expect(result["latency"]?["total_ms"]?.intValue != nil)
            let health = try await fixture.desk.provider(id, for: DeskFixture.admin)["health"]
            #expect(health?["calls"] == 1)
            #expect(health?["failures"] == 0)
        }
    }

    @Test("says of a test that failed what class of error it was and what to do, and nothing of the key")
    func failedTest() async throws {
        try await DeskFixture.run(answer: { request in
            if request.line.hasPrefix("GET") { return [.text("{}", status: 404)] }
            return [
                .text(
                    #"{"error":{"message":"Incorrect API key provided: sk-wrong"}}"#, status: 401,
                    type: "application/json")
            ]
        }) { fixture in
            let id = try #require(try await fixture.add("mine", key: .set("sk-wrong"))["id"]?.stringValue)
            let unlisted = try await fixture.desk.test(id, model: nil, for: DeskFixture.admin)
            #expect(unlisted["ok"] == false)
            #expect(unlisted["models"] == .null)
            let result = try await fixture.desk.test(id, model: "tiny", for: DeskFixture.admin)
            #expect(result["ok"] == false)
            #expect(result["error"]?["code"] == "authentication_failed")
            #expect(result["error"]?["class"] == "other")
            #expect(result["error"]?["hint"]?.stringValue?.contains("key") == true)
            #expect(!result.serialized().contains("sk-wrong"))
        }
    }

    @Test("keeps what is known of a model, dated, and lets unknown be unknown")
    func models() async throws {
        try await DeskFixture.run { fixture in
            _ = try await fixture.add("mine")
            let listed = try await fixture.desk.models(for: DeskFixture.admin, refreshes: false)
            let model = try #require(listed["items"]?.arrayValue?.first { $0["name"] == "mine/tiny" })
            #expect(model["context"] == 4_096)
            #expect(model["output_limit"] == .null)
            #expect(model["price"] == .null)
            #expect(model["capabilities"] == .null)
            let id = try #require(model["id"]?.stringValue)
            let changed = try await fixture.desk.changeModel(
                id,
                [
                    "context": 8_192, "capabilities": ["vision", "tools"],
                    "price": ["input": 0.5, "output": 2, "as_of": "2026-11-22"],
                ], for: DeskFixture.admin)
            #expect(changed["context"] == 8_192)
            #expect(changed["capabilities"] == ["tools", "vision"])
            #expect(changed["edited"] == ["context", "capabilities", "price"])
            let facts = try await fixture.directory.router(for: "root").target(for: "mine/tiny").facts
            #expect(facts.price == ModelPrice(input: 0.5, output: 2))
            let again = try await fixture.desk.changeModel(
                id, ["context": .null, "price": .null], for: DeskFixture.admin)
            #expect(again["context"] == 4_096)
            #expect(again["price"] == .null)
            for patch: JSONObject in [
                ["context": 0], ["output_limit": "many"], ["capabilities": ["magic"]], ["price": ["input": 1]],
                ["price": ["input": 1, "output": 1, "as_of": "today"]],
                ["price": ["input": -1, "output": 1, "as_of": "2026-11-22"]],
            ] {
                #expect(
                    await problem { () throws(APIProblem) in
                        _ = try await fixture.desk.changeModel(id, patch, for: DeskFixture.admin)
                    } == .invalidField)
            }
        }
    }

    @Test("finds servers on this machine, and admits one by one request")
    func found() async throws {
        try await DeskFixture.run { fixture in
            let found = try await fixture.desk.found(for: DeskFixture.admin)
            #expect(found.map { $0["name"] } == ["found"])
            #expect(found.first?["models"] == ["tiny", "big"])
            #expect(found.first?["provider"] == .null)
            #expect(fixture.outside.egress.policy.allowed.isEmpty)
            let admitted = try await fixture.desk.admit(
                FoundDraft(baseURL: fixture.base), as: fixture.desk.ids.make(), for: DeskFixture.admin)
            #expect(admitted["scope"] == "all")
            #expect(admitted["admitted"]?["by"] == "Root")
            #expect(try await fixture.desk.found(for: DeskFixture.admin).first?["provider"] == admitted["id"])
            #expect(
                await problem { () throws(APIProblem) in
                    _ = try await fixture.desk.admit(
                        FoundDraft(baseURL: "http://127.0.0.1:22"), as: fixture.desk.ids.make(), for: DeskFixture.admin)
                } == .notFound)
            // What a restart finds in the store is open again.
            fixture.outside.egress.policy.allowed = []
            try await fixture.directory.openAdmitted()
            #expect(fixture.outside.egress.policy.allowed.count == 1)
        }
    }

    @Test("does not ask a server for its models when it starts, only when a step wants the default")
    func lazyDefault() async throws {
        try await DeskFixture.run(isConfigured: true) { fixture in
            let router = try await fixture.directory.router(for: "ada")
            #expect(fixture.server.requests.isEmpty)
            #expect(try await router.target(for: "default").qualifiedName == "house/tiny")
            #expect(try await router.target(for: "default").qualifiedName == "house/tiny")
            #expect(fixture.server.requests.count == 1)
        }
    }
}
