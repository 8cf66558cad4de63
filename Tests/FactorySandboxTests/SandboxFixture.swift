import FactoryJSON
import FactorySandbox

/// The sandbox under test, with the `factory-jail` of this build.
enum Fixture {
    static let configuration = SandboxConfiguration(jail: jail, width: 4)
    static let sandbox = Sandbox(configuration: configuration)

    /// Beside the test bundle, where every product of a build lies.
    static let jail: String = {
        let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
        let folder = bundle.components(upTo: ".xctest")
        return folder + "/factory-jail"
    }()

    /// Runs Python `code` with the standard limits, changed by `change`.
    static func python(
        _ code: String, inputs: JSON = [:], files: [SandboxFile] = [], collectsFiles: Bool = false,
        limits change: (inout SandboxLimits) -> Void = { _ in }, onOutput: (@Sendable (SandboxOutput) -> Void)? = nil
    ) async throws(SandboxError) -> SandboxOutcome {
        var job = SandboxJob(
            language: .python, code: code, inputs: inputs, files: files, collectsFiles: collectsFiles)
        change(&job.limits)
        return try await sandbox.run(job, onOutput: onOutput)
    }

    /// Runs JavaScript `code` with the standard limits, changed by `change`.
    static func javascript(
        _ code: String, inputs: JSON = [:], limits change: (inout SandboxLimits) -> Void = { _ in }
    ) async throws(SandboxError) -> SandboxOutcome {
        var job = SandboxJob(language: .javascript, code: code, inputs: inputs)
        change(&job.limits)
        return try await sandbox.run(job)
    }
}

extension String {
    /// The folder of the first path component that contains `mark`.
    fileprivate func components(upTo mark: String) -> String {
        let parts = split(separator: "/", omittingEmptySubsequences: false)
        let end = parts.firstIndex { $0.contains(mark) } ?? parts.count - 1
        return parts[..<end].joined(separator: "/")
    }
}
