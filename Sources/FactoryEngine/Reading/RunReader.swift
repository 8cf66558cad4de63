import FactoryDefinition
public import FactoryDomain
public import FactoryStore

/// Reads runs from a store, beside an engine that may be writing to it.
public struct RunReader: Sendable {
    /// Nil where nothing has been stored yet.
    private let store: (any RunStore)?

    /// A reader of `store`; without one, of an installation in which nothing has run yet.
    public init(_ store: (any RunStore)?) { self.store = store }

    /// The run that `text` names: a number or an id; nil is the latest.
    public func find(_ text: String?) async throws(StoreError) -> ID<Run> {
        guard let text else {
            guard let latest = try await reports(RunFilter(limit: 1)).reports.first else {
                throw .notFound(kind: "run", id: "yet")
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
    public func report(of id: ID<Run>) async throws(StoreError) -> RunReport {
        try await stored(id.rawValue) { store throws(StoreError) in
            let run = try await store.run(id)
            let steps = try await store.steps(of: id)
            return RunReport(
                run: run, steps: steps, attempts: try await store.attempts(of: id), plan: try await store.plan(of: id),
                openNeeds: run.status.isFinal ? [:] : Self.openNeeds(run, steps))
        }
    }

    /// One page of runs, newest first, in a constant number of queries. The reports are good for their
    /// ``RunReport/summary``: of documents, steps and attempts they hold no more than that needs.
    ///
    /// - Returns: the reports, and ``RunFilter/before`` for the next page; nil on the last.
    public func reports(
        _ filter: RunFilter
    ) async throws(StoreError) -> (reports: [RunReport], next: Int64?) {
        guard let store else { return ([], nil) }
        let page = try await store.runs(filter)
        return (
            page.items.map { RunReport(run: $0.run, steps: $0.notableSteps, attempts: [], plan: $0.plan) }, page.next
        )
    }

    /// A page of the log of a run, of one step where the range names it.
    public func logs(of id: ID<Run>, _ range: LogRange) async throws(StoreError) -> LogPage {
        try await stored(id.rawValue) { store throws(StoreError) in
            if let step = range.step, !(try await store.steps(of: id)).contains(where: { $0.path == step }) {
                throw .notFound(kind: "step", id: "\(step) in this run")
            }
            return try await store.logs(of: id, range)
        }
    }

    /// For each step that has not started, the steps it still waits for.
    private static func openNeeds(_ run: RunRecord, _ steps: [StepRunRecord]) -> [String: [String]] {
        guard let pipeline = DocumentReader(foresees: false).read(run.document).pipeline else { return [:] }
        let open = Set(steps.filter { !$0.status.isFinal }.map(\.stepID))
        return Dictionary(
            uniqueKeysWithValues: pipeline.steps.filter { open.contains($0.id) }
                .map { ($0.id, $0.needs.filter(open.contains)) })
    }

    private func stored<Value: Sendable>(
        _ name: String, _ body: (any RunStore) async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        guard let store else { throw .notFound(kind: "run", id: name) }
        return try await body(store)
    }
}
