import FactoryNetwork
import FactoryTestKit
import NIOCore
import NIOPosix
import Synchronization

/// A way out and a loopback server that it may or may not reach.
struct EgressFixture {
    let group: MultiThreadedEventLoopGroup
    let server: LoopbackServer
    let egress: Egress
    let resolver: ScriptedResolver

    /// Runs `body` with a server that answers as `answer` says; it is allowed by name unless `isAllowed` is false.
    static func run(
        isAllowed: Bool = true, connectTimeout: Duration = .seconds(5), names: [String: [[String]]] = [:],
        answer: @escaping @Sendable (LoopbackServer.Request) -> [LoopbackServer.Action],
        _ body: (EgressFixture) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let server = try await LoopbackServer(on: group, answer: answer)
        let allowed = isAllowed ? [try AllowEntry(parsing: "127.0.0.1:\(server.port)")] : []
        let resolver = ScriptedResolver(names)
        let egress = try Egress(
            policy: EgressPolicy(allowed: allowed), eventLoopGroup: group, resolver: resolver,
            connectTimeout: connectTimeout)
        let fixture = EgressFixture(group: group, server: server, egress: egress, resolver: resolver)
        let result: Result<Void, any Error>
        do { result = .success(try await body(fixture)) } catch { result = .failure(error) }
        await egress.shutdown()
        try await server.stop()
        try await group.shutdownGracefully()
        try result.get()
    }

    func url(_ target: String = "/", host: String = "127.0.0.1") throws -> OutboundURL {
        try OutboundURL(parsing: "http://\(host):\(server.port)\(target)")
    }

    /// The error of `request`; nil when it succeeds.
    func error(of request: OutboundRequest) async -> EgressError? {
        do throws(EgressError) {
            _ = try await egress.send(request)
            return nil
        } catch {
            return error
        }
    }
}

/// Answers each question for a name with the next of its scripted lists; the last one stays.
final class ScriptedResolver: AddressResolver {
    private let state: Mutex<(answers: [String: [[String]]], asked: [String])>

    init(_ answers: [String: [[String]]]) { state = Mutex((answers, [])) }

    var asked: [String] { state.withLock { $0.asked } }

    func addresses(of name: String) async throws(ResolutionError) -> [IPAddress] {
        let answer: [String]? = state.withLock { state in
            state.asked.append(name)
            guard let answers = state.answers[name], let first = answers.first else { return nil }
            if answers.count > 1 { state.answers[name] = Array(answers.dropFirst()) }
            return first
        }
        guard let answer else { throw ResolutionError(reason: "no such script") }
        return answer.compactMap { IPAddress($0) }
    }
}
