import FactoryDomain
import FactoryStore

extension RunDriver {
    /// Does something at the end of a run that needs room on the disk, waiting for it where the engine waits.
    ///
    /// - Throws: a full disk, where the engine does not wait: the run is left to be resumed.
    func withRoom<Value>(
        _ body: () async throws(StepFailure) -> Value
    ) async throws(StoreError) -> Result<Value, StepFailure> {
        do throws(StepFailure) {
            return .success(try await context.room.write(isFull: \.isDiskFull, body))
        } catch {
            guard !error.isDiskFull else { throw .diskFull }
            return .failure(error)
        }
    }
}
