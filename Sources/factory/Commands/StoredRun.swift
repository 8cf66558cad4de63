import FactoryDefinition
import FactoryDomain
import FactoryEngine
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
}
