import FactoryLLM
import FactoryNetwork
import FactoryTestKit

/// A provider of Chat Completions that speaks to a scripted server.
enum OpenAIFixture {
    static func run(
        key: String? = "sk-test", dialect: OpenAIChat.Dialect? = nil,
        limits: EgressLimits = ProviderConnection.standardLimits,
        answer: @escaping @Sendable (LoopbackServer.Request) -> [LoopbackServer.Action],
        _ body: (ChatFixture) async throws -> Void
    ) async throws {
        try await ChatFixture.run(
            { OpenAIChat($0, key: key, dialect: dialect) }, path: "/v1", limits: limits, answer: answer, body)
    }
}

extension LoopbackServer.Action {
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
}
