import ArgumentParser
import FactoryAccess
import FactoryJSON
import FactorySecrets
import FactoryServer

/// `factory secret rotate-key`
struct SecretRotateKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-key",
        abstract: "Puts a new master key in the place of the present one.",
        discussion: """
            Everything sealed is rewrapped with the new key; both keys open until that is done. A command that was \
            interrupted is run again, and goes on. With the key in CODE_FACTORY_MASTER_KEY, the new one is taken from \
            CODE_FACTORY_NEXT_MASTER_KEY, which a running server needs too.
            """)

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let report = try await dataOptions.useValues("secret rotate-key") { room in
            let report = try await room.rotation.run()
            try await room.audit.record(
                .masterKeyRotated, by: .commandLine, on: report.to,
                ["from": report.from.map(JSON.string) ?? .null, "rewrapped": .int(Int64(report.rewrapped))])
            return report
        }
        if report.needsNewSetting {
            Output.note("set CODE_FACTORY_MASTER_KEY to the new key now, and remove CODE_FACTORY_NEXT_MASTER_KEY")
        }
        guard outputOptions.output == .text else {
            return Output.data(
                outputOptions.output.print([
                    "from": report.from.map(JSON.string) ?? .null, "to": .string(report.to),
                    "rewrapped": .int(Int64(report.rewrapped)), "was_interrupted": .bool(report.wasInterrupted),
                    "needs_new_setting": .bool(report.needsNewSetting),
                ]))
        }
        Output.note(
            "the master key is \(report.to) now\(report.from.map { ", after \($0)" } ?? ""); "
                + "\(report.rewrapped) values rewrapped"
                + (report.wasInterrupted ? ", the rest of what an earlier call had begun" : ""))
    }
}
