import FactoryLLM
import FactoryNetwork
import FactoryTestKit
import NIOCore
import NIOPosix
import Synchronization

/// A provider that speaks to a scripted server.
struct ChatFixture {
    let server: LoopbackServer
    let provider: any ChatProvider
    let texts = Texts()

    /// - Parameter path: of the base URL.
    static func run(
        _ kind: ProviderKind, path: String = "", key: String? = "sk-test",
        limits: EgressLimits = ProviderConnection.standardLimits,
        answer: @escaping @Sendable (LoopbackServer.Request) -> [LoopbackServer.Action],
        _ body: (ChatFixture) async throws -> Void
    ) async throws {
        try await run({ kind.provider($0, key: key) }, path: path, limits: limits, answer: answer, body)
    }

    static func run(
        _ make: (ProviderConnection) -> any ChatProvider, path: String = "",
        limits: EgressLimits = ProviderConnection.standardLimits,
        answer: @escaping @Sendable (LoopbackServer.Request) -> [LoopbackServer.Action],
        _ body: (ChatFixture) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let server = try await LoopbackServer(on: group, answer: answer)
        let base = try OutboundURL(parsing: "http://127.0.0.1:\(server.port)\(path)")
        let egress = try Egress(policy: EgressPolicy(allowed: [AllowEntry(endpointOf: base)]), eventLoopGroup: group)
        let provider = make(ProviderConnection(name: "test", baseURL: base, egress: egress, limits: limits))
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(ChatFixture(server: server, provider: provider)))
        } catch {
            result = .failure(error)
        }
        await egress.shutdown()
        try await server.stop()
        try await group.shutdownGracefully()
        try result.get()
    }

    func complete(_ request: ChatRequest = .hello) async throws(ModelError) -> ChatResult {
        try await provider.complete(request) { [texts] in texts.add($0) }
    }

    func error(of request: ChatRequest = .hello) async -> ModelError? {
        do throws(ModelError) {
            _ = try await complete(request)
            return nil
        } catch {
            return error
        }
    }
}

/// The pieces of text as they came.
final class Texts: Sendable {
    private let pieces = Mutex<[String]>([])
    var all: [String] { pieces.withLock { $0 } }
    func add(_ piece: String) { pieces.withLock { $0.append(piece) } }
}

extension ChatRequest {
    static let hello = ChatRequest(model: "tiny", messages: [ChatMessage(.user, "Hi")])
}

extension LoopbackServer.Action {
    /// One event of a stream.
    static func event(_ data: String) -> Self { .chunk("data: \(data)\n\n") }

    /// A whole answer of JSON.
    static func json(_ body: String, status: Int = 200, headers: [(String, String)] = []) -> Self {
        .text(body, status: status, type: "application/json", headers: headers)
    }

    static let end = Self.chunk("")
}
