import ArgumentParser
import FactoryDomain
import FactoryJSON
import FactoryServer
import FactoryStore

/// `factory secret list`
struct SecretListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists secrets: names, environments, hosts and dates, never a value.")

    @OptionGroup var place: SecretPlace
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let records = try await place.use("list") { room in
            try await room.store.secrets(of: place.owner, in: .all)
        }
        guard outputOptions.output == .text else {
            let list: JSON = ["items": .array(records.map(SecretText.json)), "next_cursor": nil]
            return Output.data(outputOptions.output.print(list))
        }
        if records.isEmpty { return Output.note("no secrets yet; store one with: factory secret set NAME") }
        Output.data("NAME                      ENVIRONMENT   CHANGED                   LAST USED                 HOSTS")
        for record in records {
            Output.data(
                "\(record.key.name.padded(to: 25)) \((record.key.environment ?? "").padded(to: 13)) "
                    + "\(record.updatedAt.description.padded(to: 25)) "
                    + "\((record.usedAt?.description ?? "").padded(to: 25)) \(record.hosts.joined(separator: " "))")
        }
    }
}

/// How secrets are printed.
enum SecretText {
    static func json(_ record: SecretRecord) -> JSON {
        [
            "name": .string(record.key.name), "environment": record.key.environment.map(JSON.string) ?? .null,
            "hosts": .array(record.hosts.map(JSON.string)),
            "description": record.description.map(JSON.string) ?? .null, "version": .int(record.version),
            "created_at": .string(record.createdAt.description), "updated_at": .string(record.updatedAt.description),
            "last_used_at": record.usedAt.map { .string($0.description) } ?? .null,
        ]
    }

    static func name(of record: SecretRecord) -> String {
        record.key.name + (record.key.environment.map { " of the environment \($0)" } ?? "")
    }
}
