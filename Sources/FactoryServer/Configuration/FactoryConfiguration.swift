public import FactoryEngine
public import FactoryLLM
public import FactoryStore
public import FactoryTelemetry

/// Everything that can be set from outside, as one value that is read once.
///
/// Precedence: flag, environment variable, configuration file, default. `docs/operations.md` lists every key.
public struct FactoryConfiguration: Sendable {
    /// Folder in which store and blobs are kept.
    public var dataFolder: String
    /// Addresses beyond the public ones that steps and providers may reach: `HOST:PORT` or `CIDR:PORT`.
    public var allowedHosts: [String]
    /// How many attempts of each kind of work run at once.
    public var widths: LaneWidths
    /// Model providers, by name.
    public var providers: [ProviderConfiguration]
    /// Names that stand for `provider/model`.
    public var aliases: [String: String]
    /// Path of `factory-jail`; nil looks beside the running program.
    public var jail: String?
    /// Folders interpreters are looked for in, beyond `/usr/bin` and `/usr/local/bin`.
    public var interpreterFolders: [String]
    /// Which ended runs are kept.
    public var retention: RetentionPolicy
    /// Where and how `factory serve` listens.
    public var listener: ListenerConfiguration
    /// Bytes that the workspace of one account may have, its unfinished uploads included; nil for no limit.
    public var workspaceQuota: Int64? = FactoryConfiguration.standardWorkspaceQuota

    /// The quota where nothing says: 10 GiB.
    public static let standardWorkspaceQuota: Int64 = 10 << 30

    /// From which level on the log is written; nil where nothing says.
    public var logLevels: LogLevels?
    /// Where the key comes from that secrets are sealed with.
    public var masterKey = MasterKeyConfiguration()
    /// Where traces go; nil for nowhere.
    public var traces: TraceConfiguration?

    /// A configuration of these values.
    public init(
        dataFolder: String, allowedHosts: [String] = [], widths: LaneWidths, providers: [ProviderConfiguration] = [],
        aliases: [String: String] = [:], jail: String? = nil, interpreterFolders: [String] = [],
        retention: RetentionPolicy = RetentionPolicy(), listener: ListenerConfiguration = ListenerConfiguration(),
        logLevels: LogLevels? = nil,
        traces: TraceConfiguration? = nil
    ) {
        self.dataFolder = dataFolder
        self.allowedHosts = allowedHosts
        self.widths = widths
        self.providers = providers
        self.aliases = aliases
        self.jail = jail
        self.interpreterFolders = interpreterFolders
        self.retention = retention
        self.listener = listener
        self.logLevels = logLevels
        self.traces = traces
    }
}

/// A collector of traces.
public struct TraceConfiguration: Sendable, Hashable {
    /// Base URL of its OTLP/HTTP interface, for example `http://127.0.0.1:4318`.
    public var endpoint: String
    /// Header fields that go along, by name.
    public var headers: [String: String]

    /// A collector at `endpoint`.
    public init(endpoint: String, headers: [String: String] = [:]) {
        self.endpoint = endpoint
        self.headers = headers
    }
}

/// A service that serves models.
public struct ProviderConfiguration: Sendable, Hashable {
    /// How documents name it, in `provider/model`.
    public var name: String
    /// Its wire format.
    public var kind: ProviderKind
    /// Where its API begins, for example `https://api.openai.com/v1`.
    public var baseURL: String
    /// Its key; nil where it wants none.
    public var apiKey: String?
    /// Prices, by model id; a model without one costs an unknown amount.
    public var prices: [String: ModelPrice]

    /// A provider of these values.
    public init(
        name: String, kind: ProviderKind = .openai, baseURL: String, apiKey: String? = nil,
        prices: [String: ModelPrice] = [:]
    ) {
        self.name = name
        self.kind = kind
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.prices = prices
    }
}

/// A setting that cannot be used, with what is wrong and what would be right.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The key, flag or variable.
    public var key: String
    /// What is wrong with its value, and the rule.
    public var message: String

    /// An error about `key`.
    public init(key: String, message: String) {
        self.key = key
        self.message = message
    }

    /// Key and message in one line.
    public var description: String { "\(key): \(message)" }
}
