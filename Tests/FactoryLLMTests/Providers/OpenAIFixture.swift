import FactoryLLM
import FactoryNetwork
import FactoryTestKit
import NIOCore
import NIOPosix
import Synchronization

/// A provider that speaks to a scripted server.
struct OpenAIFixture {
    let server: LoopbackServer
    let provider: OpenAIChat
    let texts: Texts

    static func run(
        key: String? = "sk-test", dialect: OpenAIChat.Dialect? = nil, limits: EgressLimits = OpenAIChat.standardLimits,
        answer: @escaping @Sendable (LoopbackServer.Request) -> [LoopbackServer.Action],
        _ body: (OpenAIFixture) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let server = try await LoopbackServer(on: group, answer: answer)
        let base = try OutboundURL(parsing: "http://127.0.0.1:\(server.port)/v1")
        let egress = try Egress(policy: EgressPolicy(allowed: [AllowEntry(endpointOf: base)]), eventLoopGroup: group)
        let provider = OpenAIChat(
            name: "test", baseURL: base, key: key, egress: egress, dialect: dialect, limits: limits)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(OpenAIFixture(server: server, provider: provider, texts: Texts())))
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

    static func delta(_ text: String) -> Self {
        .event(
            "{\"object\":\"chat.completion.chunk\",\"model\":\"tiny-1\",\"choices\":[{\"index\":0,"
                + "\"delta\":{\"content\":\"\(text)\"},\"finish_reason\":null}],\"usage\":null,\"obfuscation\":\"x\"}")
    }

    static func finish(_ reason: String) -> Self {
        .event("{\"model\":\"tiny-1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"\(reason)\"}]}")
    }

    static let usage = Self.event(
        "{\"choices\":[],\"usage\":{\"prompt_tokens\":22,\"completion_tokens\":8,\"total_tokens\":30,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":14}}}")
    static let done = Self.event("[DONE]")
    static let end = Self.chunk("")
}
