public import FactoryAPI
public import FactoryAccess
public import FactoryDefinition
public import FactoryDomain
public import FactoryJSON
public import FactoryStore

/// Model providers, their models and names for them, as the API offers them.
///
/// Whose a provider is decides: what is a caller's own is theirs to change, what is for all is for admins to change, what
/// stands in the configuration is shown. Anything else is not there.
public protocol ProviderServices: Sendable {
    /// The providers that the caller's runs may use.
    func providers(for caller: Principal) async throws(APIProblem) -> [JSON]
    /// One of them.
    func provider(_ id: String, for caller: Principal) async throws(APIProblem) -> JSON
    /// Adds a provider under this id, or gives the one that is there.
    func add(
        _ draft: ProviderDraft, as id: ID<ProviderRecord>, for caller: Principal
    ) async throws(APIProblem) -> JSON
    /// Changes what `draft` says of a provider.
    func change(_ id: String, _ draft: ProviderDraft, for caller: Principal) async throws(APIProblem) -> JSON
    /// Removes a provider with its models.
    func remove(_ id: String, for caller: Principal) async throws(APIProblem)
    /// Makes a real call and says how it went.
    func test(_ id: String, model: String?, for caller: Principal) async throws(APIProblem) -> JSON
    /// The model servers found on this machine.
    func found(for caller: Principal) async throws(APIProblem) -> [JSON]
    /// Adds one of them.
    func admit(
        _ found: FoundDraft, as id: ID<ProviderRecord>, for caller: Principal
    ) async throws(APIProblem) -> JSON

    /// How the small model stands that can be run on this machine.
    func localModel() async -> JSON
    /// Installs and starts it, unless that is under way; `added` is told of the provider where it became one.
    ///
    /// - Parameter port: where it is to listen; nil for its usual port.
    func installLocalModel(
        port: Int?, for caller: Principal, added: @escaping @Sendable (JSON) async throws(APIProblem) -> Void
    ) async throws(APIProblem) -> JSON
    /// Ends what is under way, and returns when nothing of it is left.
    func cancelLocalModel() async -> JSON

    /// The models that the caller's runs may ask, and the names for them.
    ///
    /// - Parameter refreshes: asks every provider for its list first.
    func models(for caller: Principal, refreshes: Bool) async throws(APIProblem) -> JSON
    /// Keeps what somebody knows of a model; a member that is null is unknown again, or what the provider says.
    func changeModel(_ id: String, _ patch: JSONObject, for caller: Principal) async throws(APIProblem) -> JSON
    /// Lets a name stand for a model.
    func setAlias(_ name: String, _ target: String, isForAll: Bool, for caller: Principal) async throws(APIProblem)
        -> JSON
    /// Removes such a name.
    func removeAlias(_ name: String, isForAll: Bool, for caller: Principal) async throws(APIProblem)

    /// What documents of `owner` are checked against; nil where there is no provider, since then nothing can be said.
    func catalogue(for owner: String) async -> ModelCatalogue?
}

/// What a request says of a provider; nil where it says nothing.
public struct ProviderDraft: Sendable, Hashable {
    /// What becomes of the key.
    public enum Key: Sendable, Hashable {
        /// It stays.
        case keep
        /// There is none any more.
        case remove
        /// It is this.
        case set(String)
    }

    /// How documents name it.
    public var name: String?
    /// Its wire format.
    public var kind: String?
    /// Where its API begins.
    public var baseURL: String?
    /// Its key.
    public var key: Key
    /// Whether everybody's runs may use it.
    public var isForAll: Bool
    /// Whether its endpoint is to be opened, although its address may not be public.
    public var admits: Bool

    /// A draft of these values.
    public init(
        name: String? = nil, kind: String? = nil, baseURL: String? = nil, key: Key = .keep, isForAll: Bool = false,
        admits: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.baseURL = baseURL
        self.key = key
        self.isForAll = isForAll
        self.admits = admits
    }
}

/// Which found server to add, and as what.
public struct FoundDraft: Sendable, Hashable {
    /// The base URL it was found with.
    public var baseURL: String
    /// How documents are to name it; nil for the name it was found with.
    public var name: String?
    /// Whether everybody's runs may use it.
    public var isForAll: Bool

    /// A draft of these values.
    public init(baseURL: String, name: String? = nil, isForAll: Bool = true) {
        self.baseURL = baseURL
        self.name = name
        self.isForAll = isForAll
    }
}
