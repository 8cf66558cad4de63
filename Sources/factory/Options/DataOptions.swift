import ArgumentParser
import FactoryServer

/// Which installation a command works on.
struct DataOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Folder of the store.",
            discussion:
                "Default: $CODE_FACTORY_DATA, else $XDG_DATA_HOME/code-factory, else ~/.local/share/code-factory.",
            valueName: "dir"))
    var data: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Configuration file; default: config.yaml in the data folder.", valueName: "file"))
    var config: String?

    func configuration(
        allowedHosts: [String] = [], logLevel: String? = nil, traceEndpoint: String? = nil
    ) throws -> FactoryConfiguration {
        do throws(ConfigurationError) {
            return try ConfigurationReader.process().read(
                ConfigurationReader.Flags(
                    dataFolder: data, file: config, allowedHosts: allowedHosts, logLevel: logLevel,
                    traceEndpoint: traceEndpoint))
        } catch {
            throw CommandFailure(.usage, error.description)
        }
    }
}
