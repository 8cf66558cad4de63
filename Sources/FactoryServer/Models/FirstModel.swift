import FactoryLLM

/// The model that `default` means where nothing says so: the first that the only provider serves, if that runs on this
/// machine. A provider elsewhere serves many, at different prices: there a person has to choose.
///
/// It is asked when a step wants it for the first time, not before, and asked again until it answers.
actor FirstModel {
    private let provider: any ChatProvider
    private var found: String?

    private init(_ provider: any ChatProvider) { self.provider = provider }

    /// What gives the name; nil where there is no such provider.
    static func of(_ providers: [ConfiguredProvider]) -> (@Sendable () async -> String)? {
        guard providers.count == 1, let only = providers.first, only.url.isLoopback else { return nil }
        return of(only.provider)
    }

    /// What gives the name of the first model of `provider`.
    static func of(_ provider: any ChatProvider) -> @Sendable () async -> String {
        let first = FirstModel(provider)
        return { await first.name }
    }

    /// A server that does not answer now is reported by the step that wants it, with the reason; the name it asks for
    /// does not matter to servers of one model.
    private var name: String {
        get async {
            if let found { return found }
            let first = try? await provider.models().first?.name
            guard let first else { return "\(provider.name)/default" }
            found = "\(provider.name)/\(first)"
            return "\(provider.name)/\(first)"
        }
    }
}
