import FactoryLLM
import FactoryNetwork
import FactoryTelemetry
import NIOCore
import NIOPosix

/// The way out of this process: the egress function, and the model providers reached through it.
struct Outside: Sendable {
    let egress: Egress
    let models: ModelRouter
    let prices: PriceTable

    let eventLoops: MultiThreadedEventLoopGroup

    /// Who configures a provider is the operator of this machine, so its address is allowed.
    init(_ configuration: FactoryConfiguration) async throws(ServerError) {
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
        eventLoops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do throws(EgressError) {
            egress = try Egress(policy: policy, eventLoopGroup: eventLoops)
        } catch { throw .storage(reason: error.message) }
        let providers = zip(configuration.providers, urls).map { [egress] provider, url in
            OpenAIChat(ProviderConnection(name: provider.name, baseURL: url, egress: egress), key: provider.apiKey)
        }
        models = ModelRouter(
            providers: providers, aliases: await Self.aliases(configuration.aliases, providers, urls))
        prices = PriceTable(Self.prices(configuration.providers))
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

    /// Where nothing says which model is the default and the only provider runs on this machine, it is the first model
    /// that it serves. A provider elsewhere serves many, at different prices: there a person has to choose.
    private static func aliases(
        _ configured: [String: String], _ providers: [OpenAIChat], _ urls: [OutboundURL]
    ) async -> [String: String] {
        guard configured["default"] == nil, providers.count == 1, urls[0].isLoopback else { return configured }
        // A server that does not answer now is reported by the step that wants it, with the reason; the name it asks
        // for does not matter to servers of one model.
        let first = (try? await providers[0].models().first?.name) ?? "default"
        return configured.merging(["default": "\(providers[0].name)/\(first)"]) { old, _ in old }
    }

    private static func prices(_ providers: [ProviderConfiguration]) -> [String: PriceTable.Price] {
        var prices: [String: PriceTable.Price] = [:]
        for provider in providers {
            for (model, price) in provider.prices {
                prices["\(provider.name)/\(model)"] = PriceTable.Price(input: price.input, output: price.output)
            }
        }
        return prices
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
