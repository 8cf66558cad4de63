import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryExpressions
import FactoryJSON
import FactoryNetwork
import FactorySecrets
import FactoryTestKit
import NIOCore
import NIOPosix
import Synchronization
import Testing

/// A loopback server, a way out to it, and steps that run as the engine runs them: read from a document, rendered,
/// executed, concealed.
final class ExecutorStage: Sendable {
    let server: LoopbackServer
    let egress: Egress
    let folder = TemporaryFolder()
    let blobs: BlobStore
    private let announced = Mutex<[Announcement]>([])

    private init(server: LoopbackServer, egress: Egress) throws {
        self.server = server
        self.egress = egress
        let counter = Mutex(0)
        blobs = try BlobStore(folder: folder.file("blobs")) {
            counter.withLock { count in
                count += 1
                return "part-\(count)"
            }
        }
        folder.write("workspace", to: "work/.keep")
    }

    static func run(
        answer: @escaping @Sendable (LoopbackServer.Request) -> [LoopbackServer.Action],
        _ body: (ExecutorStage) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let server = try await LoopbackServer(on: group, answer: answer)
        let entry = try AllowEntry(parsing: "127.0.0.1:\(server.port)")
        let egress = try Egress(policy: EgressPolicy(allowed: [entry]), eventLoopGroup: group)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(try ExecutorStage(server: server, egress: egress)))
        } catch {
            result = .failure(error)
        }
        await egress.shutdown()
        try await server.stop()
        try await group.shutdownGracefully()
        try result.get()
    }

    var announcements: [Announcement] { announced.withLock { $0 } }

    /// Runs one step with this `with`, written in YAML.
    func output(
        _ executor: any StepExecutor, _ with: String, inputs: JSON = [:], secrets: [String: String] = [:],
        cassette: ContentHash? = nil
    ) async throws -> StepOutput {
        let step = try Self.step(executor.type, with, inputs: inputs)
        let vault = SecretVault(values: secrets, nonce: "n")
        var scope = Scope()
        scope["inputs"] = inputs
        scope["secrets"] = vault.marks
        let outcome = try await executor.execute(
            StepWork(
                run: ID(rawValue: "run_1"), stepRun: ID(rawValue: "sr_1"), attempt: ID(rawValue: "att_1"),
                attemptNumber: 1, step: step, with: try step.fields.render(in: scope), scope: scope, secrets: vault,
                workspace: folder.file("work"), cassette: cassette, settledChanges: [],
                announce: { announcement in self.announced.withLock { $0.append(announcement) } }))
        guard case .output(let output) = outcome else { throw Unexpected() }
        return output
    }

    /// The failure of such a step.
    func failure(
        _ executor: any StepExecutor, _ with: String, inputs: JSON = [:], secrets: [String: String] = [:],
        cassette: ContentHash? = nil
    ) async throws -> StepFailure {
        try await #require(throws: StepFailure.self) {
            try await self.output(executor, with, inputs: inputs, secrets: secrets, cassette: cassette)
        }
    }

    private static func step(_ type: String, _ with: String, inputs: JSON) throws -> Step {
        let names = inputs.objectValue?.keys ?? []
        let schema = names.isEmpty ? "" : "inputs:\n" + names.map { "  \($0): {}\n" }.joined()
        let body = with.split(separator: "\n", omittingEmptySubsequences: false).map { "      \($0)\n" }.joined()
        let text = "version: 1\nname: stage\n\(schema)steps:\n  - id: step\n    type: \(type)\n    with:\n\(body)"
        let reading = DocumentReader().read(Array(text.utf8), as: .yaml)
        return try #require(reading.pipeline?.steps.first, "\(reading.problems)")
    }

    private struct Unexpected: Error {}
}
