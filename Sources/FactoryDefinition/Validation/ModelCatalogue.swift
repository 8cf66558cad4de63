/// The models that are configured where a document is checked, so far as that can be told without asking anyone.
public struct ModelCatalogue: Sendable {
    /// Who serves models, and what may be asked of them.
    public struct Provider: Sendable {
        /// How documents name it, in `provider/model`.
        public var name: String
        /// It takes `seed`.
        public var takesSeed: Bool
        /// It takes `reasoning`.
        public var takesReasoning: Bool
        /// The highest `temperature` that it takes.
        public var maxTemperature: Double
        /// How many texts under `stop` it takes.
        public var maxStops: Int

        /// A provider of this name that takes what is said here.
        public init(
            name: String, takesSeed: Bool = true, takesReasoning: Bool = true, maxTemperature: Double = 2,
            maxStops: Int = 4
        ) {
            self.name = name
            self.takesSeed = takesSeed
            self.takesReasoning = takesReasoning
            self.maxTemperature = maxTemperature
            self.maxStops = maxStops
        }
    }

    private let providers: [Provider]
    private let aliases: [String: String]

    /// - Parameters:
    ///   - providers: of two with one name the first counts.
    ///   - aliases: short names for `provider/model`.
    public init(providers: [Provider], aliases: [String: String]) {
        self.providers = providers
        self.aliases = aliases
    }

    /// The provider that `name`, an alias or `provider/model`, leads to; nil where none is configured.
    func provider(of name: String) -> Provider? {
        let written = aliases[name] ?? name
        guard let slash = written.firstIndex(of: "/"), !written[slash...].dropFirst().isEmpty else { return nil }
        return providers.first { $0.name == written[..<slash] }
    }

    /// What `name` stands for, if it is an alias.
    func meaning(of name: String) -> String? { aliases[name] }

    /// The aliases, and the providers as `name/…`.
    var names: [String] { aliases.keys.sorted() + providers.map { "\($0.name)/…" } }
}
