import FactoryLLM
import FactoryNetwork

/// A provider of the configuration, ready to be asked.
struct ConfiguredProvider: Sendable {
    let configuration: ProviderConfiguration
    let url: OutboundURL
    let provider: any ChatProvider

    init(_ configuration: ProviderConfiguration, _ url: OutboundURL, _ egress: Egress, _ health: ModelHealth) {
        self.configuration = configuration
        self.url = url
        provider = Self.connect(configuration, url, egress, health, ProviderConnection.standardLimits)
    }

    /// The same provider under other limits.
    func provider(limits: EgressLimits, _ outside: Outside) -> any ChatProvider {
        Self.connect(configuration, url, outside.egress, outside.health, limits)
    }

    private static func connect(
        _ configuration: ProviderConfiguration, _ url: OutboundURL, _ egress: Egress, _ health: ModelHealth,
        _ limits: EgressLimits
    ) -> any ChatProvider {
        ObservedProvider(
            configuration.kind.provider(
                ProviderConnection(name: configuration.name, baseURL: url, egress: egress, limits: limits),
                key: configuration.apiKey),
            place: place(configuration.name), key: configuration.apiKey, health: health)
    }

    /// Under which name its models and calls are kept; no id of a stored provider has this form.
    static func place(_ name: String) -> String { "configured:\(name)" }

    var place: String { Self.place(configuration.name) }

    /// The prices of the configuration, by `provider/model`.
    var facts: [(String, ModelRouter.Facts)] {
        configuration.prices.map { ("\(configuration.name)/\($0.key)", ModelRouter.Facts(price: $0.value)) }
    }
}
