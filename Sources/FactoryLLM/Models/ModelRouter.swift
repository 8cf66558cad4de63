/// Which provider answers for which name of a model.
public struct ModelRouter: Sendable {
    /// What is known of a model beside its name.
    public struct Facts: Sendable, Hashable {
        /// What it costs; nil where that is not known, which is not the same as nothing.
        public var price: ModelPrice?
        /// The most tokens of an answer; nil where that is not known.
        public var outputLimit: Int?

        /// Facts, each unknown by itself.
        public init(price: ModelPrice? = nil, outputLimit: Int? = nil) {
            self.price = price
            self.outputLimit = outputLimit
        }
    }

    /// A model at its provider.
    public struct Target: Sendable {
        /// Who is asked.
        public let provider: any ChatProvider
        /// The model's name there.
        public let model: String
        /// What is known of it.
        public let facts: Facts

        /// `provider/model`.
        public var qualifiedName: String { "\(provider.name)/\(model)" }
    }

    private let providers: [any ChatProvider]
    private let aliases: [String: String]
    private let facts: [String: Facts]
    private let implicitDefault: (@Sendable () async -> String)?

    /// - Parameters:
    ///   - providers: in the order they are named in messages; of two with one name the first counts.
    ///   - aliases: short names (`default`, `fast`, `strong`) for `provider/model`.
    ///   - facts: what is known of models, by `provider/model`.
    ///   - implicitDefault: gives the meaning of `default` where `aliases` has none; asked only when it is needed.
    public init(
        providers: [any ChatProvider], aliases: [String: String], facts: [String: Facts] = [:],
        implicitDefault: (@Sendable () async -> String)? = nil
    ) {
        self.providers = providers
        self.aliases = aliases
        self.facts = facts
        self.implicitDefault = implicitDefault
    }

    /// Names of the providers, in order.
    public var providerNames: [String] { providers.map(\.name) }

    /// The short names, sorted.
    public var aliasNames: [String] { aliases.keys.sorted() }

    /// The provider configured as `name`.
    public func provider(named name: String) -> (any ChatProvider)? { providers.first { $0.name == name } }

    /// The model that `name` means: an alias, or `provider/model` (the model's own name may hold more slashes).
    ///
    /// - Throws: ``ModelError/Code/modelNotFound``, naming what is configured.
    public func target(for name: String) async throws(ModelError) -> Target {
        var written = aliases[name] ?? name
        if written == Self.defaultName, let implicitDefault { written = await implicitDefault() }
        let slash = written.firstIndex(of: "/") ?? written.endIndex
        let providerName = String(written[..<slash])
        let model = String(written[slash...].dropFirst())
        guard slash != written.endIndex, !model.isEmpty, let provider = provider(named: providerName) else {
            throw notFound(name, resolved: written)
        }
        return Target(provider: provider, model: model, facts: facts["\(providerName)/\(model)"] ?? Facts())
    }

    /// The name that steps without a model ask for.
    public static let defaultName = "default"

    private func notFound(_ name: String, resolved: String) -> ModelError {
        guard !providers.isEmpty else {
            return ModelError(
                .modelNotFound, "There is no model named \(name): no provider is configured.",
                hint: "Set OPENAI_API_KEY or OPENAI_BASE_URL, list providers in config.yaml, or add one to the server.")
        }
        if name.hasPrefix("auto:") {
            return ModelError(
                .modelNotFound, "\(name) cannot be chosen by this server.",
                hint: "Name one: \(configured).")
        }
        let meaning = name == resolved ? "" : " (it stands for \(resolved))"
        return ModelError(
            .modelNotFound, "There is no model named \(name)\(meaning); configured: \(configured).",
            hint: name == Self.defaultName
                ? "Set CODE_FACTORY_MODEL=provider/model, aliases.default in config.yaml, or the alias on the server."
                : "Write an alias, or the provider, a slash and the model's name there.")
    }

    private var configured: String {
        (aliasNames + providers.map { "\($0.name)/…" }).joined(separator: ", ")
    }
}
