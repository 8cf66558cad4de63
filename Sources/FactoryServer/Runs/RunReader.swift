import FactoryDefinition
public import FactoryDomain
public import FactoryStore
import FactoryStoreSQLite

/// Reads runs from a data folder, beside an engine that may be writing to it.
public struct RunReader: Sendable {
    /// Nil where nothing has been stored yet.
    private let store: (any RunStore)?

    /// A reader of the installation that `configuration` describes.
    public init(_ configuration: FactoryConfiguration) throws(ServerError) {
        do throws(StoreError) {
            let folder = DataFolder(holdingStoreAt: configuration.dataFolder)
            store = if let folder { try SQLiteStore(in: folder, access: .reading) } else { nil }
        } catch { throw .store(error) }
    }

    init(_ store: any RunStore) { self.store = store }

    /// The run that `text` names: a number or an id; nil is the latest.
    public func find(_ text: String?) async throws(ServerError) -> ID<Run> {
        guard let text else {
            guard let latest = try await reports(RunFilter(limit: 1)).reports.first else {
                throw .store(.notFound(kind: "run", id: "yet"))
            }
            return latest.run.id
        }
        return try await stored(text) { store throws(StoreError) in
            if let number = Int64(text) { return try await store.run(number: number).id }
            guard let id = ID<Run>(parsing: text) else { throw .notFound(kind: "run", id: text) }
            return try await store.run(id).id
        }
    }

    /// The run with everything that belongs to it.
    public func report(of id: ID<Run>) async throws(ServerError) -> RunReport {
        try await stored(id.rawValue) { store throws(StoreError) in
            let run = try await store.run(id)
            let steps = try await store.steps(of: id)
            return RunReport(
                run: run, steps: steps, attempts: try await store.attempts(of: id), plan: try await store.plan(of: id),
                openNeeds: run.status.isFinal ? [:] : Self.openNeeds(run, steps))
        }
    }

    /// One page of runs, newest first, without their attempts.
    public func reports(
        _ filter: RunFilter
    ) async throws(ServerError) -> (reports: [RunReport], next: Int64?) {
        guard let store else { return ([], nil) }
        do throws(StoreError) {
            let page = try await store.runs(filter)
            var reports: [RunReport] = []
            for run in page.runs {
                reports.append(
                    RunReport(
                        run: run, steps: try await store.steps(of: run.id), attempts: [],
                        plan: try await store.plan(of: run.id)))
            }
            return (reports, page.next)
        } catch { throw .store(error) }
    }

    /// Log text of a run, of one step where `step` names it.
    public func logs(of id: ID<Run>, step: String?) async throws(ServerError) -> [LogChunk] {
        try await stored(id.rawValue) { store throws(StoreError) in
            if let step, !(try await store.steps(of: id)).contains(where: { $0.path == step }) {
                throw .notFound(kind: "step", id: "\(step) in this run")
            }
            return try await store.logs(of: id, step: step)
        }
    }

    /// For each step that has not started, the steps it still waits for.
    private static func openNeeds(_ run: RunRecord, _ steps: [StepRunRecord]) -> [String: [String]] {
        guard let pipeline = DocumentReader().read(run.document).pipeline else { return [:] }
        let open = Set(steps.filter { !$0.status.isFinal }.map(\.stepID))
        return Dictionary(
            uniqueKeysWithValues: pipeline.steps.filter { open.contains($0.id) }
                .map { ($0.id, $0.needs.filter(open.contains)) })
    }

    private func stored<Value: Sendable>(
        _ name: String, _ body: (any RunStore) async throws(StoreError) -> Value
    ) async throws(ServerError) -> Value {
        guard let store else { throw .store(.notFound(kind: "run", id: name)) }
        do throws(StoreError) { return try await body(store) } catch { throw .store(error) }
    }
}
