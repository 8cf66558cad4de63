import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryExpressions
import FactoryJSON
import FactorySandbox
import FactorySecrets
import FactoryWorkspace
import Foundation
import Synchronization
import Testing

@testable import FactorySteps

/// A workspace folder and blob store of its own, and code steps that run on them in real jails: read from a document,
/// rendered, executed.
final class CodeStage: Sendable {
    let folder: String
    let blobs: BlobStore
    private let sandbox = Sandbox(configuration: SandboxConfiguration(jail: CodeStage.jail, width: 4))
    private let announced = Mutex<[Announcement]>([])

    init(_ files: [String: String] = [:]) throws {
        folder = FileManager.default.temporaryDirectory.path + "/code-tests-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder + "/work", withIntermediateDirectories: true)
        let counter = Mutex(0)
        blobs = try BlobStore(folder: folder + "/blobs") {
            counter.withLock { count in
                count += 1
                return "part-\(count)"
            }
        }
        for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/work/\(name)")) }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// What the steps announced so far.
    var announcements: [Announcement] { announced.withLock { $0 } }

    /// Everything the executor gives for one step with this `with`, written in YAML.
    func output(
        _ with: String, inputs: JSON = [:], secrets: [String: String] = [:], settled: [FileChange] = [],
        timeout: String = "30s"
    ) async throws -> StepOutput {
        let step = try Self.step(with, inputs: inputs, timeout: timeout)
        let vault = SecretVault(values: secrets, nonce: "n")
        var scope = Scope()
        scope["inputs"] = inputs
        scope["secrets"] = vault.marks
        let executor = CodeExecutor(sandbox: sandbox, blobs: blobs, kind: .personal)
        let outcome = try await executor.execute(
            StepWork(
                run: ID(rawValue: "run_1"), stepRun: ID(rawValue: "sr_1"), attempt: ID(rawValue: "att_1"),
                attemptNumber: 1, step: step, with: try step.fields.render(in: scope), scope: scope, secrets: vault,
                workspace: folder + "/work", settledChanges: settled,
                announce: { announcement in self.announced.withLock { $0.append(announcement) } }))
        guard case .output(let output) = outcome else { throw Unexpected() }
        return output
    }

    /// The failure of such a step.
    func failure(_ with: String, inputs: JSON = [:], timeout: String = "30s") async throws -> StepFailure {
        try await #require(throws: StepFailure.self) {
            _ = try await self.output(with, inputs: inputs, timeout: timeout)
        }
    }

    /// The content of a file of the folder itself, without the staged changes.
    func text(at name: String) -> String? {
        FileManager.default.contents(atPath: "\(folder)/work/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }

    struct Unexpected: Error {}

    /// Beside the test bundle, where every product of a build lies.
    private static let jail: String = {
        let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
        let parts = bundle.split(separator: "/", omittingEmptySubsequences: false)
        let end = parts.firstIndex { $0.contains(".xctest") } ?? parts.count - 1
        return parts[..<end].joined(separator: "/") + "/factory-jail"
    }()

    private static func step(_ with: String, inputs: JSON, timeout: String) throws -> Step {
        let names = inputs.objectValue?.keys ?? []
        let schema = names.isEmpty ? "" : "inputs:\n" + names.map { "  \($0): {}\n" }.joined()
        let body = with.split(separator: "\n", omittingEmptySubsequences: false).map { "      \($0)\n" }.joined()
        let head = "version: 1\nname: stage\n\(schema)steps:\n  - id: step\n    type: code\n    timeout: \(timeout)\n"
        let reading = DocumentReader().read(Array((head + "    with:\n" + body).utf8), as: .yaml)
        return try #require(reading.pipeline?.steps.first, "\(reading.problems)")
    }
}
