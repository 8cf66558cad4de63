import ArgumentParser
import FactoryJSON
import FactoryServer

/// `factory backup`
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copies store and blobs into a new folder, beside whatever runs.",
        discussion: """
            The copy is consistent and checked, and a data folder itself: look at it with `factory runs list --data \
            FOLDER`, restore it by putting it in the place of the old one.
            """)

    @Argument(help: ArgumentHelp("The folder to make.", valueName: "folder"))
    var folder: String

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let configuration = try dataOptions.configuration()
        let report: Backup.Report
        do throws(ServerError) {
            report = try await Backup(configuration).make(at: folder)
        } catch { throw CommandFailure(server: error) }
        guard outputOptions.output == .text else {
            let json: JSON = [
                "folder": .string(folder), "runs": .int(Int64(report.runs)), "blobs": .int(Int64(report.blobs)),
                "blob_bytes": .int(report.blobBytes),
            ]
            return Output.data(outputOptions.output.print(json))
        }
        Output.data(
            "\(folder): \(report.runs) runs, \(report.blobs) blobs of \(ByteText.of(report.blobBytes)); checked")
    }
}
