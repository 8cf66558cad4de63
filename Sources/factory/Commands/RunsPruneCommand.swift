import ArgumentParser
import FactoryEngine
import FactoryJSON
import FactoryServer
import FactoryStore
import Glibc

/// `factory runs prune`
struct RunsPruneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Removes old runs that have ended, and gives their room back to the disk.",
        discussion: """
            Without a limit those of the settings count. Runs that have not ended, and those with file changes that \
            wait for a decision, always stay.
            """)

    @Option(
        name: .customLong("older-than"),
        help: ArgumentHelp("Runs that ended longer ago go: 12h, 30d, 4w.", valueName: "age"))
    var olderThan: String?

    @Option(name: .long, help: ArgumentHelp("How many ended runs stay, the newest.", valueName: "n"))
    var keep: String?

    @Option(
        name: .customLong("max-bytes"),
        help: ArgumentHelp("The oldest go until store and blobs take up no more: 500MB, 2GB.", valueName: "size"))
    var maxBytes: String?

    @Flag(name: .customLong("dry-run"), help: "Only say what would go.")
    var dryRun = false

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let configuration = try dataOptions.configuration()
        let policy = try policy(configuration.retention)
        let report: SweepReport
        do throws(ServerError) {
            let room = try StoreRoom.open(configuration, holder: "factory runs prune (process \(getpid()))")
            report = dryRun ? try await room.previewPrune(policy) : try await room.prune(policy)
        } catch { throw CommandFailure(server: error) }
        guard outputOptions.output == .text else { return Output.data(outputOptions.output.print(json(report))) }
        let runs = "\(report.runs) run\(report.runs == 1 ? "" : "s")"
        let before = ByteText.of(report.bytesBefore)
        let after = ByteText.of(report.bytesAfter)
        if dryRun {
            Output.data("would remove \(runs); \(before) before, about \(after) after")
        } else {
            let blobs = "\(report.blobs) blob\(report.blobs == 1 ? "" : "s")"
            Output.data("removed \(runs) and \(blobs); \(before) before, \(after) after")
        }
    }

    private func policy(_ settings: RetentionPolicy) throws -> RetentionPolicy {
        guard olderThan != nil || keep != nil || maxBytes != nil else { return settings }
        do {
            return RetentionPolicy(
                maxAge: try olderThan.flatMap { try RetentionText.age($0) },
                maxRuns: try keep.flatMap { try RetentionText.count($0) },
                maxBytes: try maxBytes.flatMap { try RetentionText.bytes($0) })
        } catch let mistake as RetentionText.Mistake { throw CommandFailure(.usage, mistake.message) }
    }

    private func json(_ report: SweepReport) -> JSON {
        [
            "dry_run": .bool(dryRun), "runs": .int(Int64(report.runs)),
            "blobs": dryRun ? .null : .int(Int64(report.blobs)),
            "bytes_before": report.bytesBefore.map(JSON.int) ?? .null,
            "bytes_after": report.bytesAfter.map(JSON.int) ?? .null,
        ]
    }
}

/// Sizes for people.
enum ByteText {
    /// `bytes` in the largest unit that leaves a whole part: `1.5 MB`.
    static func of(_ bytes: Int64?) -> String {
        guard let bytes else { return "unknown" }
        var (size, unit) = (Double(bytes), 0)
        let units = ["bytes", "kB", "MB", "GB", "TB"]
        while size >= 1_000, unit < units.count - 1 { (size, unit) = (size / 1_000, unit + 1) }
        if unit == 0 { return "\(bytes) bytes" }
        let tenths = Int64((size * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}
