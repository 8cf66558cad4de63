import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryExpressions
import FactorySecrets
import FactoryStore

struct RunReader: Sendable {
    let store: any RunStore
    init(_ store: any RunStore) { self.store = store }
    func report(of id: ID<Run>) async throws(StoreError) -> RunReport {
        RunReport(
            run: try await store.run(id), steps: try await store.steps(of: id),
            attempts: try await store.attempts(of: id), plan: try await store.plan(of: id))
    }
    func reports(_ filter: RunFilter) async throws(StoreError) -> (reports: [RunReport], next: Int64?) {
        let page = try await store.runs(filter)
        var reports: [RunReport] = []
        for run in page.runs {
            reports.append(RunReport(run: run, steps: try await store.steps(of: run.id), attempts: [], plan: []))
        }
        return (reports, page.next)
    }
    func logs(of id: ID<Run>, step: String?) async throws(StoreError) -> [LogChunk] {
        try await store.logs(of: id, step: step)
    }
}
extension Engine {
    func pause(_ id: ID<Run>) async throws(EngineError) { throw .isStopping }
    func retry(_ id: ID<Run>, from step: String?, secrets: SecretVault) async throws(EngineError) -> DrivenRun {
        throw .isStopping
    }
    func scope(of id: ID<Run>) async throws(EngineError) -> Scope { throw .isStopping }
}
