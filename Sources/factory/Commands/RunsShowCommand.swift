import ArgumentParser
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryServer
import FactoryStore

/// `factory runs show`
struct RunsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows one run with its steps, outputs and file changes.")

    @OptionGroup var argument: RunArgument
    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        if let client = try serverOptions.client(unless: dataOptions.data) {
            return try await client.use { client in
                let run = try await RemoteRun.find(argument, client).report()
                Output.data(outputOptions.output.print(run))
            }
        }
        let configuration = try dataOptions.configuration()
        let report: RunReport
        do throws(StoreError) {
            let reader = try RunReader(configuration)
            report = try await reader.report(of: try await reader.find(argument.run))
        } catch { throw CommandFailure(server: .store(error)) }
        guard outputOptions.output == .text else { return Output.data(outputOptions.output.print(report.json)) }
        for step in report.steps { Output.data(line(step)) }
        RunPrinter(format: .text).print(report)
    }

    private func line(_ step: StepRunRecord) -> String {
        let took: String =
            if let start = step.startedAt, let end = step.finishedAt,
                let elapsed = end.elapsedMilliseconds(since: start)
            {
                Elapsed.text(elapsed)
            } else { "" }
        let note = step.skipped?.text ?? step.error?.message ?? step.branch.map { "branch \($0)" } ?? ""
        return "\(step.status.rawValue.padded(to: 10)) \(step.stepID.padded(to: 20)) \(step.type.padded(to: 10)) "
            + "\(took.padded(to: 8)) \(note)"
    }
}
