/// Which provider answers for which name of a model.
public struct ModelRouter: Sendable {
    /// A model at its provider.
    public struct Target: Sendable {
        /// Who is asked.
        public let provider: any ChatProvider
        /// The model's name there.
        public let model: String

        /// `provider/model`, the name under which prices stand.
        public var qualifiedName: String { "\(provider.name)/\(model)" }
    }

    private let providers: [any ChatProvider]
    private let aliases: [String: String]

    /// - Parameters:
    ///   - providers: in the order they are named in messages; of two with one name the first counts.
    ///   - aliases: short names (`default`, `fast`, `strong`) for `provider/model`.
    public init(providers: [any ChatProvider], aliases: [String: String]) {
        self.providers = providers
        self.aliases = aliases
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
    public func target(for name: String) throws(ModelError) -> Target {
        let written = aliases[name] ?? name
        let slash = written.firstIndex(of: "/") ?? written.endIndex
        let providerName = String(written[..<slash])
        let model = written[slash...].dropFirst()
        guard slash != written.endIndex, !model.isEmpty, let provider = provider(named: providerName) else {
            throw notFound(name, resolved: written)
        }
        return Target(provider: provider, model: String(model))
    }

    private func notFound(_ name: String, resolved: String) -> ModelError {
        guard !providers.isEmpty else {
            return ModelError(
                .modelNotFound, "There is no model named \(name): no provider is configured.",
                hint: "Set OPENAI_API_KEY or OPENAI_BASE_URL, or list providers in config.yaml.")
        }
        if name.hasPrefix("auto:") {
            return ModelError(
                .modelNotFound, "\(name) cannot be chosen by this server.",
                hint: "Name one: \(configured).")
        }
        let meaning = name == resolved ? "" : " (it stands for \(resolved))"
        return ModelError(
            .modelNotFound, "There is no model named \(name)\(meaning); configured: \(configured).",
            hint: name == "default"
                ? "Set CODE_FACTORY_MODEL=provider/model, or aliases.default in config.yaml."
                : "Write an alias, or the provider, a slash and the model's name there.")
    }

    private var configured: String {
        (aliasNames + providers.map { "\($0.name)/…" }).joined(separator: ", ")
    }
}
