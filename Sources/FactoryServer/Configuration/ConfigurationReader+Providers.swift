import FactoryLLM

extension ConfigurationReader {
    /// The variables that other programs know too make a provider each: `OPENAI_API_KEY` and `OPENAI_BASE_URL`,
    /// `ANTHROPIC_API_KEY` and `ANTHROPIC_BASE_URL`, `OLLAMA_HOST`. One of that name in the file goes before.
    ///
    /// Who names an address in the environment is the operator of this machine, so that address is allowed.
    func addEnvironmentProviders(to configuration: inout FactoryConfiguration) {
        let openAI = (key: value("OPENAI_API_KEY"), base: value("OPENAI_BASE_URL"))
        let anthropic = (key: value("ANTHROPIC_API_KEY"), base: value("ANTHROPIC_BASE_URL"))
        var found: [ProviderConfiguration] = []
        if openAI.key != nil || openAI.base != nil {
            let base = openAI.base ?? "https://api.openai.com/v1"
            found.append(ProviderConfiguration(name: "openai", kind: .openai, baseURL: base, apiKey: openAI.key))
        }
        if anthropic.key != nil || anthropic.base != nil {
            let base = anthropic.base ?? "https://api.anthropic.com"
            found.append(
                ProviderConfiguration(name: "anthropic", kind: .anthropic, baseURL: base, apiKey: anthropic.key))
        }
        if let host = value("OLLAMA_HOST") {
            found.append(ProviderConfiguration(name: "ollama", kind: .ollama, baseURL: Self.ollamaURL(host)))
        }
        for provider in found where !configuration.providers.contains(where: { $0.name == provider.name }) {
            configuration.providers.append(provider)
        }
    }

    private func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// Ollama's own variable says where a server listens as well as where it is found: a host, with or without scheme
    /// and port, or every address of this machine.
    private static func ollamaURL(_ host: String) -> String {
        var (scheme, rest) = ("http", host[...])
        if let end = host.firstRange(of: "://") {
            scheme = String(host[..<end.lowerBound])
            rest = host[end.upperBound...]
        }
        let path = rest.drop { $0 != "/" }
        var authority = String(rest.prefix { $0 != "/" })
        if authority.hasPrefix(":") { authority = "127.0.0.1" + authority }
        let hasPort = (authority.split(separator: "]").last ?? "").contains(":")
        if !hasPort, scheme == "http" { authority += ":11434" }
        if authority.hasPrefix("0.0.0.0:") { authority = "127.0.0.1" + authority.dropFirst(7) }
        return "\(scheme)://\(authority)\(path)"
    }
}
