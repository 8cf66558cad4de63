import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryEngine
import FactoryHTTP
import FactoryJSON
import FactoryLLM
import FactoryNetwork
import FactorySecrets
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import NIOCore
import NIOPosix

@testable import FactoryServer

/// The desk of an installation with a scripted model server on loopback.
struct DeskFixture {
    let server: LoopbackServer
    let desk: ProviderDesk
    let directory: ModelDirectory
    let store: SQLiteStore
    let outside: Outside

    var base: String { "http://127.0.0.1:\(server.port)/v1" }

    static let admin = Principal(
        owner: "root", name: "Root", role: .admin, scopes: Set(AccessScope.allCases), credential: .installation)
    static let ada = Principal(
        owner: "ada", name: "Ada", role: .member, scopes: [.read, .run, .edit], credential: .key("k"))
    static let eve = Principal(
        owner: "eve", name: "Eve", role: .member, scopes: [.read, .run, .edit], credential: .key("k"))

    /// - Parameter isConfigured: whether the configuration opens the server's address, as provider `house`.
    static func run(
        isConfigured: Bool = false, aliases: [String: String] = [:],
        answer: @escaping @Sendable (LoopbackServer.Request) -> [LoopbackServer.Action] = Self.answers,
        _ body: (DeskFixture) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let server = try await LoopbackServer(on: group, answer: answer)
        let folder = TemporaryFolder()
        let url = "http://127.0.0.1:\(server.port)/v1"
        let configured = ProviderConfiguration(
            name: "house", baseURL: url, apiKey: "sk-house", prices: ["tiny": ModelPrice(input: 1, output: 2)])
        let outside = try Outside(
            FactoryConfiguration(
                dataFolder: folder.path, widths: LaneWidths(llm: 1, code: 1),
                providers: isConfigured ? [configured] : [], aliases: aliases))
        let store = try SQLiteStore(in: DataFolder(path: folder.file("data")))
        let directory = ModelDirectory(
            outside, store: store,
            keys: ProviderKeys(sealer: Sealer(store: store, keys: MasterKeySource.file(folder.file("master.key")))))
        let candidate = LoopbackProbe.Candidate(name: "found", kind: .openai, baseURL: url)
        let silent = LoopbackProbe.Candidate(name: "silent", kind: .ollama, baseURL: "http://127.0.0.1:9")
        let desk = ProviderDesk(
            directory: directory, ids: IDGenerator(now: ProgramClock.now), now: ProgramClock.now,
            looks: DiscoveryLooks(),
            probe: LoopbackProbe(candidates: [silent, candidate], eventLoops: outside.eventLoops),
            installation: LocalInstallation())
        let fixture = DeskFixture(server: server, desk: desk, directory: directory, store: store, outside: outside)
        let result: Result<Void, any Error>
        do { result = .success(try await body(fixture)) } catch { result = .failure(error) }
        await outside.shutdown()
        try await server.stop()
        try await group.shutdownGracefully()
        withExtendedLifetime(folder) {}
        try result.get()
    }

    /// Lists two models and answers with one word.
    static let answers: @Sendable (LoopbackServer.Request) -> [LoopbackServer.Action] = { request in
        if request.line.hasPrefix("GET /v1/models ") {
            return [.text(#"{"data":[{"id":"tiny","max_model_len":4096},{"id":"big"}]}"#, type: "application/json")]
        }
        let answer = """
            {"model":"tiny-1","choices":[{"message":{"content":"OK"},"finish_reason":"stop"}],
            "usage":{"prompt_tokens":9,"completion_tokens":1}}
            """
        return [.text(answer, type: "application/json")]
    }

    func add(
        _ name: String, for caller: Principal = Self.admin, key: ProviderDraft.Key = .keep, isForAll: Bool = false
    ) async throws(APIProblem) -> JSON {
        try await desk.add(
            ProviderDraft(name: name, kind: "openai", baseURL: base, key: key, isForAll: isForAll),
            as: desk.ids.make(), for: caller)
    }
}
