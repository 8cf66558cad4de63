import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactorySecrets
import FactoryServer
import FactoryStore

/// A run that a command drives on, with the pipeline it runs.
struct StoredRun {
    let record: RunRecord
    let pipeline: Pipeline

    /// Reads the run that `argument` names.
    init(_ argument: RunArgument, in configuration: FactoryConfiguration) async throws {
        do throws(StoreError) {
            let reader = try RunReader(configuration)
            record = try await reader.report(of: try await reader.find(argument.run)).run
        } catch { throw CommandFailure(server: .store(error)) }
        let reading = DocumentReader(foresees: false).read(record.document)
        guard let pipeline = reading.pipeline else {
            throw CommandFailure(engine: .invalidDocument(reading.problems))
        }
        self.pipeline = pipeline
    }

    /// `vault`, if it has every secret that the run uses.
    func checked(_ vault: SecretVault) throws -> SecretVault {
        let missing = pipeline.secretNames.subtracting(vault.names).sorted()
        guard missing.isEmpty else {
            throw CommandFailure(
                .invalid, "the run uses secrets that were not given: \(missing.joined(separator: ", "))",
                hint: "add " + missing.map { "--secret \($0)=@FILE" }.joined(separator: " "))
        }
        return vault
    }
}
