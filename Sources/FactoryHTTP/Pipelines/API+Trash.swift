import FactoryAPI
import FactoryAccess
public import FactoryBlobs
public import FactoryDomain
import FactoryJSON
public import FactoryStore

extension API {
    /// Removes a pipeline from the trash for good: its drafts, versions, shares, comments, and the runs that its owner
    /// started, with what they left. Runs that others started are theirs and stay.
    func purgePipeline(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(try request.identity(PipelineRecord.self))
        guard record.trashedAt != nil else {
            throw APIProblem(
                .conflict, "the pipeline is not in the trash",
                hint: "DELETE without `purge` moves it there; only from there it can be removed for good")
        }
        let trash = Trash(pipelines: services.pipelines, runs: services.collaboration.retention, blobs: services.blobs)
        let isGone = try await stored { () throws(StoreError) in try await trash.purge(record.id) }
        guard isGone else {
            throw APIProblem(
                .conflict, "a run of the pipeline has not ended", hint: "wait for its end, or cancel it, and try again")
        }
        try await audit(.pipelinePurged, request, on: record.id.rawValue, ["name": .string(record.name)])
        return .empty()
    }
}

/// Removes pipelines for good.
public struct Trash: Sendable {
    /// How long pipelines stay in the trash: 30 days.
    public static let lifetime = Duration.seconds(30 * 24 * 60 * 60)

    private let pipelines: any PipelineStore
    private let runs: any RetentionStore
    private let blobs: BlobStore

    /// The trash of a store.
    public init(pipelines: any PipelineStore, runs: any RetentionStore, blobs: BlobStore) {
        self.pipelines = pipelines
        self.runs = runs
        self.blobs = blobs
    }

    /// Removes what has been in the trash for longer than ``lifetime``; what still runs is left for the next time.
    ///
    /// - Parameter gone: is told of each that was removed, before the next is.
    public func empty(
        now: Timestamp, gone: (PipelineRecord) async throws(StoreError) -> Void
    ) async throws(StoreError) {
        let before = now.adding(.zero - Self.lifetime)
        for id in try await pipelines.trashed(before: before, limit: 1_000) {
            let record = try await pipelines.pipeline(id)
            if try await purge(id) { try await gone(record) }
        }
    }

    /// Removes one pipeline that is in the trash; false where a run of it has not ended.
    func purge(_ id: ID<PipelineRecord>) async throws(StoreError) -> Bool {
        guard try await !pipelines.hasOpenRuns(id) else { return false }
        while case let some = try await pipelines.removableRuns(of: id, limit: 64), !some.isEmpty {
            let removal = try await runs.remove(some)
            _ = try await blobs.collect(removal.blobs) { blobs throws(StoreError) in
                try await runs.named(among: blobs)
            }
            // One that may no longer go stays, and so it would be offered for ever.
            guard removal.removed > 0 else { break }
        }
        do throws(StoreError) { try await pipelines.purge(id) } catch {
            guard case .changed = error else { throw error }
            return false
        }
        return true
    }
}
