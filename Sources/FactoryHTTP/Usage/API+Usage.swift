import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryStore

extension API {
    /// What the caller's runs used and how they went; for admins, with `all`, everybody's.
    func getUsage(_ request: APIRequest) async throws(APIProblem) -> Reply {
        var filter = UsageFilter(owner: request.owner)
        if try request.flag("all") {
            guard request.principal?.role == .admin else { throw APIProblem(Denial.adminsOnly) }
            filter.owner = nil
        }
        filter.since = try Self.moment(request, "since")
        filter.until = try Self.moment(request, "until")
        if let pipeline = request.query("pipeline") {
            // An id or a name: runs of files have a name alone.
            if let id = ID<PipelineRecord>(parsing: pipeline) {
                filter.pipelineID = id
            } else {
                filter.pipeline = pipeline
            }
        }
        let wanted = filter
        let use = try await stored { () throws(StoreError) in try await services.usage.modelUse(wanted) }
        let runs = try await stored { () throws(StoreError) in try await services.usage.runFigures(wanted) }
        let steps = try await stored { () throws(StoreError) in
            try await services.usage.stepFigures(wanted, ofLatest: UsageView.stepSample)
        }
        return .json(UsageView(filter: wanted, use: use, runs: runs, steps: steps).json)
    }
}
