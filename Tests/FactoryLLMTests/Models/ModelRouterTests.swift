import FactoryLLM
import Testing

@Suite("A name of a model") struct ModelRouterTests {
    private let router = ModelRouter(
        providers: [NamedProvider(name: "local"), NamedProvider(name: "cloud")],
        aliases: ["default": "local/tiny", "strong": "cloud/meta/llama-3", "broken": "gone/x"])

    @Test(
        "leads to a provider and its model",
        arguments: [
            ("local/tiny", "local", "tiny"), ("cloud/meta/llama-3", "cloud", "meta/llama-3"),
            ("default", "local", "tiny"), ("strong", "cloud", "meta/llama-3"),
        ])
    func resolves(name: String, provider: String, model: String) throws {
        let target = try router.target(for: name)
        #expect(target.provider.name == provider)
        #expect(target.model == model)
        #expect(target.qualifiedName == "\(provider)/\(model)")
    }

    @Test(
        "that leads nowhere says what is configured",
        arguments: ["tiny", "gone/x", "local/", "", "auto:best", "broken"])
    func fails(name: String) throws {
        let error = #expect(throws: ModelError.self) { try router.target(for: name) }
        #expect(error?.code == .modelNotFound)
        let said = "\(error?.message ?? "") \(error?.hint ?? "")"
        #expect(said.contains("broken, default, strong, local/…, cloud/…"))
    }

    @Test("says how to configure a provider where there is none")
    func empty() throws {
        let router = ModelRouter(providers: [], aliases: [:])
        let error = #expect(throws: ModelError.self) { try router.target(for: "default") }
        #expect(error?.hint?.contains("OPENAI_BASE_URL") == true)
    }
}

/// A provider that is only looked up.
private struct NamedProvider: ChatProvider {
    let name: String
    var features: ProviderFeatures { ProviderFeatures() }

    func complete(
        _ request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(ModelError) -> ChatResult {
        throw ModelError(.serverError, "not asked")
    }

    func models() async throws(ModelError) -> [OfferedModel] { [] }
}
