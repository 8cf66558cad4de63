import FactoryLLM
import Synchronization
import Testing

@Suite("The health of a model") struct ModelHealthTests {
    private static func answer(_ total: Int, firstToken: Int? = nil, output: Int? = nil) -> ChatResult {
        ChatResult(
            text: "x", model: "m", finishReason: .stop, usage: output.map { TokenUsage(input: 1, output: $0) },
            firstToken: firstToken.map { .milliseconds($0) }, total: .milliseconds(total))
    }

    @Test("is what its latest calls showed, and unknown before the first")
    func report() throws {
        let health = ModelHealth { 42 }
        #expect(health.report(of: "p/m") == nil)
        health.note(.success(Self.answer(300, firstToken: 100, output: 21)), of: "p/m")
        health.note(.success(Self.answer(900)), of: "p/m")
        health.note(.failure(ModelError(.rateLimit, "slow down")), of: "p/m")
        health.note(.failure(ModelError(.cancelled, "enough")), of: "p/m")
        health.note(.failure(ModelError(.badRequest, "no")), of: "p/other")
        let report = try #require(health.report(of: "p/m"))
        #expect(report.calls == 3)
        #expect(report.failures == 1)
        #expect(report.lastError?.code == .rateLimit)
        #expect(report.lastCallAt == 42)
        #expect(report.medianFirstToken == .milliseconds(100))
        #expect(report.medianTotal == .milliseconds(900))
        #expect(report.medianTokensPerSecond == 100)
        // A request that is refused for what it asks says nothing against the provider.
        #expect(health.report(ofModelsWithPrefix: "p/")?.calls == 4)
        #expect(health.report(ofModelsWithPrefix: "p/")?.failures == 1)
        health.forget(modelsWithPrefix: "p/")
        #expect(health.report(of: "p/m") == nil)
    }

    @Test("forgets what is long ago")
    func window() {
        let health = ModelHealth { 0 }
        health.note(.failure(ModelError(.timeout, "late")), of: "p/m")
        for _ in 0..<ModelHealth.window { health.note(.success(Self.answer(1)), of: "p/m") }
        #expect(health.report(of: "p/m")?.calls == ModelHealth.window)
        #expect(health.report(of: "p/m")?.failures == 0)
    }

    @Test("of an observed provider is noted by it, and its key is in no error")
    func observed() async {
        let health = ModelHealth { 0 }
        let provider = ObservedProvider(EchoingProvider(), place: "prv_1", key: "sk-secret", health: health)
        let error = await #expect(throws: ModelError.self) { try await provider.complete(.hello) { _ in } }
        #expect(error?.message == "bad key [redacted]!")
        #expect(health.report(of: "prv_1/tiny")?.lastError?.message == "bad key [redacted]!")
        let listing = await #expect(throws: ModelError.self) { try await provider.models() }
        #expect(listing?.message == "[redacted] is no key")
    }
}

/// A provider that says the key it was given.
private struct EchoingProvider: ChatProvider {
    let name = "echo"
    let features = ProviderFeatures()

    func complete(
        _ request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(ModelError) -> ChatResult { throw ModelError(.authentication, "bad key sk-secret!") }

    func models() async throws(ModelError) -> [OfferedModel] {
        throw ModelError(.authentication, "sk-secret is no key")
    }
}
