import ArgumentParser
import FactoryDomain
import FactoryEngine
import FactoryServer
import FactoryStore
import Glibc

/// `factory runs cancel`
struct RunsCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Brings an interrupted run to its end as cancelled.",
        discussion: "A run that another process drives is cancelled there, with Ctrl-C or SIGTERM.")

    @OptionGroup var argument: RunArgument
    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        if let client = try serverOptions.client(unless: dataOptions.data) {
            return try await client.use { client in
                try await RemoteRun.find(argument, client).ask("cancel", output: outputOptions.output)
            }
        }
        let configuration = try dataOptions.configuration()
        let report: RunReport
        do {
            let id = try await RunReader(configuration).find(argument.run)
            let factory = try await LocalFactory.open(
                configuration, holder: "factory runs cancel (process \(getpid()))")
            do {
                report = try await factory.whileServing {
                    try await factory.engine.cancel(id)
                    return try await factory.report(of: id)
                }
            } catch {
                await factory.close()
                throw error
            }
            await factory.close()
        } catch let error as StoreError {
            throw CommandFailure(server: .store(error))
        } catch let error as ServerError {
            throw CommandFailure(server: error)
        } catch let error as EngineError {
            throw CommandFailure(engine: error)
        }
        RunPrinter(format: outputOptions.output).print(report)
        // It was too late for a cancel when nothing but its changes was left to be carried out.
        if let status = ExitStatus(report) { throw CommandFailure(status) }
    }
}
