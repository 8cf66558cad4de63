import FactoryLLM
import FactoryNetwork
import NIOPosix

/// Looks for model servers on this machine, at the ports they usually have, and nowhere else.
struct LoopbackProbe: Sendable {
    /// A place where such a server may be.
    struct Candidate: Sendable, Hashable {
        let name: String
        let kind: ProviderKind
        let baseURL: String
    }

    /// A server that answered in its wire format.
    struct Found: Sendable {
        let candidate: Candidate
        let models: [OfferedModel]
    }

    /// Where they are by default: Ollama, LM Studio, llama.cpp, vLLM, and the small model of `factory models`.
    static let standard = [
        Candidate(name: "ollama", kind: .ollama, baseURL: "http://127.0.0.1:11434"),
        Candidate(name: "lm-studio", kind: .openai, baseURL: "http://127.0.0.1:1234/v1"),
        Candidate(name: "llama-cpp", kind: .openai, baseURL: "http://127.0.0.1:8080/v1"),
        Candidate(name: "vllm", kind: .openai, baseURL: "http://127.0.0.1:8000/v1"),
        Candidate(name: "local", kind: .openai, baseURL: "http://127.0.0.1:8091/v1"),
    ]

    let candidates: [Candidate]
    let eventLoops: MultiThreadedEventLoopGroup

    /// Nothing that takes longer than this on the own machine is worth waiting for.
    private static let limits = EgressLimits(
        firstByte: .milliseconds(800), total: .seconds(2), idle: .milliseconds(800), responseBytes: 1 << 20)

    /// The candidates that answer now, all asked at once.
    ///
    /// - Parameter ownPorts: what this server listens on itself.
    func found(exceptPorts ownPorts: Set<Int>) async -> [Found] {
        let reachable = candidates.compactMap { candidate -> (Candidate, OutboundURL)? in
            guard let url = try? OutboundURL(parsing: candidate.baseURL), !ownPorts.contains(url.port) else {
                return nil
            }
            return (candidate, url)
        }
        // A way out that leads to these endpoints alone; they need not be open to anything else.
        let policy = EgressPolicy(allowed: reachable.map { AllowEntry(endpointOf: $0.1) }, openPorts: [])
        guard let egress = try? Egress(policy: policy, eventLoopGroup: eventLoops) else { return [] }
        let found = await withTaskGroup(of: Found?.self) { group in
            for (candidate, url) in reachable {
                group.addTask {
                    let connection = ProviderConnection(
                        name: candidate.name, baseURL: url, egress: egress, limits: Self.limits)
                    let models = try? await candidate.kind.provider(connection, key: nil).models()
                    return models.map { Found(candidate: candidate, models: $0) }
                }
            }
            return await group.reduce(into: [Found]()) { if let one = $1 { $0.append(one) } }
        }
        await egress.shutdown()
        return candidates.compactMap { candidate in found.first { $0.candidate == candidate } }
    }
}
