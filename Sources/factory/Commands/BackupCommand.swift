import ArgumentParser
import FactoryDomain
import FactoryJSON
import FactoryServer
import Glibc

/// `factory backup`
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copies store, blobs, workspaces and configuration into a new folder, beside whatever runs.",
        discussion: """
            The copy is consistent and checked, and a data folder itself: look at it with `factory runs list --data \
            FOLDER`, put it in place elsewhere with `factory restore FOLDER --data DIR`. Secrets are in it as they are \
            kept, sealed; the key that opens them is not, unless --include-keys says so.
            """)

    @Argument(help: ArgumentHelp("The folder to make.", valueName: "folder"))
    var folder: String

    @Flag(
        name: .customLong("include-keys"),
        help: "Copy the master key and the server's access key too: who has the backup can then open everything in it.")
    var includeKeys = false

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let configuration = try dataOptions.configuration()
        let report: Backup.Report
        do throws(ServerError) {
            report = try await Backup(configuration, holder: "factory backup (process \(getpid()))")
                .make(at: folder, includingKeys: includeKeys)
        } catch { throw CommandFailure(server: error) }
        for name in report.leftOut {
            Output.note("left out, for it is neither a file nor a folder: workspaces/\(name)")
        }
        if !report.filesAreOfOneMoment {
            Output.note("files were being written all the time: each is whole, but they are not all of one moment")
        }
        guard outputOptions.output == .text else { return Output.data(outputOptions.output.print(json(report))) }
        Output.data(
            "\(folder): \(report.runs) runs, \(report.blobs) blobs of \(ByteText.of(report.blobBytes)), "
                + "\(report.files) files of \(ByteText.of(report.fileBytes)); checked")
        if report.includesKeys {
            Output.note("keys are in it: whoever has this folder can open every secret and act as the operator")
        } else if !report.sealingKeys.isEmpty {
            Output.note(
                "its secrets open with the master key \(report.sealingKeys.joined(separator: ", ")), which is not in it: "
                    + "keep that elsewhere")
        }
    }

    private func json(_ report: Backup.Report) -> JSON {
        [
            "folder": .string(folder), "made_at": .string(report.moment.description),
            "runs": .int(Int64(report.runs)), "blobs": .int(Int64(report.blobs)),
            "blob_bytes": .int(report.blobBytes), "files": .int(Int64(report.files)),
            "file_bytes": .int(report.fileBytes), "files_of_one_moment": .bool(report.filesAreOfOneMoment),
            "left_out": .array(report.leftOut.map(JSON.string)),
            "sealing_keys": .array(report.sealingKeys.map(JSON.string)), "includes_keys": .bool(report.includesKeys),
        ]
    }
}
