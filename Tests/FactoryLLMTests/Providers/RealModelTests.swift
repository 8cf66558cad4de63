import FactoryJSON
import FactoryLLM
import FactoryNetwork
import NIOCore
import NIOPosix
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where a real model answers, for those who have one at hand.
private let baseURL = getenv("CODE_FACTORY_TEST_MODEL_URL").map { String(cString: $0) }

@Suite("A real model", .enabled(if: baseURL != nil), .timeLimit(.minutes(5))) struct RealModelTests {
    @Test("streams text with its usage, and fits a schema", arguments: ProviderKind.allCases)
    func answers(kind: ProviderKind) async throws {
        let base = try Self.url(kind)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let egress = try Egress(policy: EgressPolicy(allowed: [AllowEntry(endpointOf: base)]), eventLoopGroup: group)
        let provider = kind.provider(ProviderConnection(name: "real", baseURL: base, egress: egress), key: nil)
        let model = try #require(try await provider.models().first?.name)

        let texts = Texts()
        let plain = try await provider.complete(
            ChatRequest(
                model: model, messages: [ChatMessage(.user, "Count to fifty.")], temperature: 0, maxTokens: 12)
        ) { texts.add($0) }
        #expect(!plain.text.isEmpty)
        #expect(plain.finishReason == .length)
        #expect(texts.all.joined() == plain.text)
        #expect(texts.all.count > 1)
        let usage = try #require(plain.usage)
        #expect(usage.output > 0)
        let firstToken = try #require(plain.firstToken)
        #expect(firstToken <= plain.total)

        // The engine behind the local model binds answers to a schema in two of the three formats.
        if kind != .anthropic { try await Self.expectFit(provider, model) }
        await egress.shutdown()
        try await group.shutdownGracefully()
    }

    private static func expectFit(_ provider: any ChatProvider, _ model: String) async throws {
        let schema: JSON = [
            "type": "object", "properties": ["verdict": ["type": "string", "enum": ["approve", "reject"]]],
            "required": ["verdict"], "additionalProperties": false,
        ]
        let bound = try await provider.complete(
            ChatRequest(
                model: model, messages: [ChatMessage(.user, "Review: def add(a,b): return a-b")], temperature: 0,
                maxTokens: 60, schema: schema)
        ) { _ in }
        let value = try #require(JSONAnswer.extract(from: bound.text))
        #expect(["approve", "reject"].contains(value["verdict"]?.stringValue))
    }

    /// The local model speaks Ollama's format one port further.
    private static func url(_ kind: ProviderKind) throws -> OutboundURL {
        let base = try OutboundURL(parsing: try #require(baseURL))
        guard kind == .ollama else { return base }
        return try OutboundURL(parsing: "\(base.scheme)://\(base.host):\(base.port + 1)")
    }
}
