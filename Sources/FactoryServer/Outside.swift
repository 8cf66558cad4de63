import FactoryDomain
import FactoryLLM
import FactoryNetwork
import FactoryTelemetry
import NIOCore
import NIOPosix

/// The way out of this process: the egress function, and the configured model providers reached through it.
struct Outside: Sendable {
    let egress: Egress
    let health: ModelHealth
    let configured: [ConfiguredProvider]
    /// What the configuration opened; admitted providers come on top.
    let allowed: [AllowEntry]
    /// Names of the configuration that stand for `provider/model`.
    let aliases: [String: String]

    let eventLoops: MultiThreadedEventLoopGroup
    /// The meaning of `default` where nothing says which model it is.
    let implicitDefault: (@Sendable () async -> String)?

    /// Who configures a provider is the operator of this machine, so its address is allowed.
    init(_ configuration: FactoryConfiguration) throws(ServerError) {
        var policy = EgressPolicy(allowed: try Self.entries(configuration.allowedHosts))
        var urls: [OutboundURL] = []
        for provider in configuration.providers {
            let url = try Self.url(of: provider)
            policy.allowed.append(AllowEntry(endpointOf: url))
            urls.append(url)
        }
        if let traces = configuration.traces {
            policy.allowed.append(AllowEntry(endpointOf: try Self.target(of: traces).url))
        }
        allowed = policy.allowed
        aliases = configuration.aliases
        eventLoops = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        do throws(EgressError) {
            egress = try Egress(policy: policy, eventLoopGroup: eventLoops)
        } catch { throw .storage(reason: error.message) }
        health = ModelHealth { ProgramClock.now().milliseconds }
        configured = zip(configuration.providers, urls).map { [egress, health] provider, url in
            ConfiguredProvider(provider, url, egress, health)
        }
        implicitDefault = FirstModel.of(configured)
    }

    /// The configured providers alone.
    var models: ModelRouter {
        ModelRouter(
            providers: configured.map(\.provider), aliases: aliases,
            facts: Dictionary(configured.flatMap(\.facts)) { first, _ in first },
            implicitDefault: aliases[ModelRouter.defaultName] == nil ? implicitDefault : nil)
    }

    func shutdown() async {
        await egress.shutdown()
        // Nothing waits for the threads: the process is about to end.
        try? await eventLoops.shutdownGracefully()
    }

    private static func entries(_ texts: [String]) throws(ServerError) -> [AllowEntry] {
        var entries: [AllowEntry] = []
        for text in texts {
            do throws(URLProblem) { entries.append(try AllowEntry(parsing: text)) } catch {
                throw .configuration(
                    ConfigurationError(key: "--allow-host \(text)", message: "\(error.message). \(error.hint)"))
            }
        }
        return entries
    }

    private static func url(of provider: ProviderConfiguration) throws(ServerError) -> OutboundURL {
        do throws(URLProblem) { return try OutboundURL(parsing: provider.baseURL) } catch {
            throw .configuration(
                ConfigurationError(
                    key: "base_url of the provider \(provider.name)", message: "\(error.message). \(error.hint)"))
        }
    }

    /// Where traces go, ready to be used.
    static func target(of traces: TraceConfiguration) throws(ServerError) -> TraceTarget {
        do throws(URLProblem) {
            return try TraceTarget(
                endpoint: traces.endpoint, headers: traces.headers.sorted { $0.key < $1.key },
                service: (name: "code-factory", version: ProgramVersion.current.number))
        } catch {
            throw .configuration(
                ConfigurationError(key: "--otlp-endpoint", message: "\(error.message). \(error.hint)"))
        }
    }
}

extension OutboundURL {
    /// True when the host is this machine by its loopback address or name.
    var isLoopback: Bool {
        switch host {
        case .name(let name): name == "localhost"
        case .address(let address):
            address.isIPv4 ? address.bytes[0] == 127 : address.bytes == Array(repeating: 0, count: 15) + [1]
        }
    }
}
