import ArgumentParser
import FactoryJSON
import FactorySecrets
import FactoryServer
import Glibc

/// `factory restore`
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Puts a backup in place as a data folder.",
        discussion: """
            Every file is compared with what was written, before and after it is copied, and the store is checked and \
            brought up to date; the data folder gets its name when all of that is done. It must not be there, or be \
            empty: nothing is ever replaced. Runs that had not ended go on with `factory serve` or `factory runs resume`.
            """)

    @Argument(help: ArgumentHelp("The folder that `factory backup` made.", valueName: "folder"))
    var folder: String

    @Flag(name: .customLong("dry-run"), help: "Only check the backup and whether the data folder can take it.")
    var dryRun = false

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let configuration = try dataOptions.configuration()
        let report: Restore.Report
        do throws(ServerError) {
            let restore = try Restore(folder, to: configuration)
            guard !dryRun else { return show(restore) }
            report = try await restore.run(holder: "factory restore (process \(getpid()))")
        } catch { throw CommandFailure(server: error) }
        // The configuration that came with the backup may say where the key is.
        let keys = try? dataOptions.configuration().masterKey.source(in: configuration.dataFolder).keys()
        let missing = report.sealingKeys.filter { keys?.key($0) == nil }
        show(report, configuration.dataFolder, missing: missing)
    }

    private func show(_ restore: Restore) {
        let (madeAt, runs, files, blobs) = restore.madeOf
        guard outputOptions.output == .text else {
            let json: JSON = [
                "made_at": .string(madeAt), "runs": .int(Int64(runs)), "files": .int(Int64(files)),
                "blobs": .int(Int64(blobs)),
            ]
            return Output.data(outputOptions.output.print(json))
        }
        Output.data("\(folder): \(runs) runs, \(blobs) blobs, \(files) files, as of \(madeAt); whole")
    }

    private func show(_ report: Restore.Report, _ data: String, missing: [String]) {
        if outputOptions.output == .text {
            Output.data(
                "\(data): \(report.runs) runs, \(report.blobs) blobs, \(report.files) files, as of \(report.madeAt); "
                    + "checked")
        } else {
            Output.data(outputOptions.output.print(json(report, data, missing)))
        }
        if report.unfinishedRuns > 0 {
            Output.note(
                "\(report.unfinishedRuns) runs had not ended and go on with `factory serve` or `factory runs resume`; "
                    + "see that they do not go on in the place of the backup too")
        }
        if !missing.isEmpty {
            Output.note(
                "secrets stay closed without the master key \(missing.joined(separator: ", ")): put its file at "
                    + "\(data)/master.key (mode 0600), or set CODE_FACTORY_MASTER_KEY")
        }
    }

    private func json(_ report: Restore.Report, _ data: String, _ missing: [String]) -> JSON {
        [
            "data": .string(data), "made_at": .string(report.madeAt), "runs": .int(Int64(report.runs)),
            "unfinished_runs": .int(Int64(report.unfinishedRuns)), "blobs": .int(Int64(report.blobs)),
            "files": .int(Int64(report.files)), "audit_records": .int(report.auditRecords),
            "store_format": .int(Int64(report.storeFormat)), "includes_keys": .bool(report.includesKeys),
            "missing_keys": .array(missing.map(JSON.string)),
        ]
    }
}
