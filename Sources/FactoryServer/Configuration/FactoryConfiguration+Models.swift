public import FactoryDefinition
import FactoryLLM
import FactoryNetwork

extension FactoryConfiguration {
    /// What a document may be checked against without asking a provider; nil where none is configured, since then
    /// nothing can be said of any model.
    ///
    /// As in a run, the only provider, if it is on this machine, stands for the alias `default` where that is not set.
    public var models: ModelCatalogue? {
        guard !providers.isEmpty else { return nil }
        var known: [ModelCatalogue.Provider] = []
        var aliases = aliases
        for provider in providers {
            guard let url = try? OutboundURL(parsing: provider.baseURL) else { continue }
            let features = provider.kind.features(at: url)
            known.append(
                ModelCatalogue.Provider(name: provider.name, features))
            if providers.count == 1, url.isLoopback, aliases["default"] == nil {
                aliases["default"] = "\(provider.name)/default"
            }
        }
        return ModelCatalogue(providers: known, aliases: aliases)
    }
}

extension ModelCatalogue.Provider {
    /// A provider of this name whose interface takes `features`.
    init(name: String, _ features: ProviderFeatures) {
        self.init(
            name: name, takesSeed: features.takesSeed, takesReasoning: features.takesReasoning,
            maxTemperature: features.maxTemperature, maxStops: features.maxStops)
    }
}
