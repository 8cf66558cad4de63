import ArgumentParser
import FactoryJSON
import FactoryServer

/// `factory version`
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Prints the program's version and the formats it knows.")

    @OptionGroup var output: OutputOptions

    func run() throws {
        let version = ProgramVersion.current
        guard output.output == .text else {
            return Output.data(output.output.print(version.json))
        }
        Output.data(
            "factory \(version.number) (document format \(version.documentFormat), store format \(version.storeFormat))"
        )
    }
}
