import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryExpressions
import FactoryJSON
import FactorySecrets
import FactoryWorkspace
import Foundation
import Synchronization
import Testing

@testable import FactorySteps

/// A workspace folder and blob store of its own, and steps that run on them as the engine runs them: read from a
/// document, rendered, executed.
final class WorkspaceStage: Sendable {
    let folder: String
    let blobs: BlobStore
    private let settled = Mutex<[FileChange]>([])

    init(_ files: [String: String] = [:]) throws {
        folder = FileManager.default.temporaryDirectory.path + "/steps-tests-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder + "/work", withIntermediateDirectories: true)
        let counter = Mutex(0)
        blobs = try BlobStore(folder: folder + "/blobs") {
            counter.withLock { count in
                count += 1
                return "part-\(count)"
            }
        }
        for (name, text) in files {
            let file = URL(fileURLWithPath: "\(folder)/work/\(name)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The changes settled so far.
    var changes: [FileChange] { settled.withLock { $0 } }

    /// Runs one step with this `with`, written in YAML, and settles its changes.
    @discardableResult
    func run(_ type: String, _ with: String, inputs: JSON = [:]) async throws -> JSON {
        try await output(type, with, inputs: inputs).value
    }

    /// As `run`, with everything the executor gave.
    func output(_ type: String, _ with: String, inputs: JSON = [:]) async throws -> StepOutput {
        let executor: any StepExecutor =
            type == "file" ? FileExecutor(blobs: blobs, kind: .personal) : TransformExecutor()
        let step = try Self.step(type, with, inputs: inputs)
        var scope = Scope()
        scope["inputs"] = inputs
        let outcome = try await executor.execute(
            StepWork(
                run: ID(rawValue: "run_1"), stepRun: ID(rawValue: "sr_1"), attempt: ID(rawValue: "att_1"),
                attemptNumber: 1, step: step, with: try step.fields.render(in: scope), scope: scope,
                secrets: SecretVault(values: [:], nonce: "n"), workspace: folder + "/work", settledChanges: changes,
                announce: { _ in }))
        guard case .output(let output) = outcome else { throw Unexpected() }
        settled.withLock { $0 += output.changes }
        return output
    }

    /// The failure of such a step.
    func failure(_ type: String, _ with: String, inputs: JSON = [:]) async throws -> StepFailure {
        try await #require(throws: StepFailure.self) { try await self.run(type, with, inputs: inputs) }
    }

    /// The content of a file of the folder itself, without the staged changes.
    func text(at name: String) -> String? {
        FileManager.default.contents(atPath: "\(folder)/work/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }

    struct Unexpected: Error {}

    private static func step(_ type: String, _ with: String, inputs: JSON) throws -> Step {
        let names = inputs.objectValue?.keys ?? []
        let schema = names.isEmpty ? "" : "inputs:\n" + names.map { "  \($0): {}\n" }.joined()
        let body = with.split(separator: "\n", omittingEmptySubsequences: false).map { "      \($0)\n" }.joined()
        let text = "version: 1\nname: stage\n\(schema)steps:\n  - id: step\n    type: \(type)\n    with:\n\(body)"
        let reading = DocumentReader().read(Array(text.utf8), as: .yaml)
        return try #require(reading.pipeline?.steps.first, "\(reading.problems)")
    }
}
