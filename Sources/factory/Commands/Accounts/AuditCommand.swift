import ArgumentParser
import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryStore

/// `factory audit`
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Prints who did what, newest first, or checks that nobody changed it.",
        discussion: """
            --verify reads the whole log. Exit code 1 and the number of the first record that is not as it was written; \
            otherwise the digest of the newest, which is worth keeping elsewhere.
            """)

    @Flag(name: .long, help: "Check the chain of digests.") var verify = false
    @Option(name: .long, help: ArgumentHelp("Only this action.", valueName: "word")) var action: String?
    @Option(name: .long, help: "How many, at most 200.") var limit = 50
    @OptionGroup var options: AccountOptions

    func validate() throws {
        guard (1...200).contains(limit) else { throw ValidationError("--limit must be from 1 to 200.") }
    }

    func run() async throws {
        if verify { return try await check() }
        let filter = AuditFilter(action: action, limit: limit)
        let records = try await options.use("audit", onlyReads: true) { accounts throws(AccountError) in
            do throws(StoreError) { return try await accounts.audit.records(filter) } catch { throw .store(error) }
        }
        let lines = records.map { record in
            "\(record.number) \(record.at) \(record.action.padded(to: 28)) \(record.name) (\(record.via)) "
                + "\(record.object ?? "") \(record.detail.isEmpty ? "" : JSON.object(record.detail).serialized())"
        }
        options.print(["items": .array(records.map(\.json))], lines.joined(separator: "\n"))
    }

    private func check() async throws {
        let verdict = try await options.use("audit", onlyReads: true) { accounts throws(AccountError) in
            do throws(StoreError) { return try await accounts.audit.verify() } catch { throw .store(error) }
        }
        switch verdict {
        case .whole(let records, let newest):
            options.print(verdict.json, "\(records) records, none changed; the newest has the digest \(newest)")
        case .broken(let number, let reason):
            if options.outputOptions.output != .text { options.print(verdict.json, "") }
            throw CommandFailure(.runFailed, "record \(number) of the audit log is not as it was written: \(reason)")
        }
    }
}
