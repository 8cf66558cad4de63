import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryEngine
import FactoryExpressions
import FactoryJSON
import FactoryStore

extension API {
    func listRuns(_ request: APIRequest) async throws(APIProblem) -> Reply {
        var filter = RunFilter(limit: try request.limit())
        // Admins may see everything; who uses a key of few pipelines sees their runs alone.
        if request.principal?.role != .admin { filter.viewer = request.owner }
        if let pipeline = request.query("pipeline") {
            // An id or a name: runs of files have a name alone.
            if let id = ID<PipelineRecord>(parsing: pipeline) {
                filter.pipelineID = id
            } else {
                filter.pipeline = pipeline
            }
        }
        if let text = request.query("status") {
            var statuses: Set<RunStatus> = []
            for word in text.split(separator: ",") {
                guard let status = RunStatus(rawValue: word.trimmingBlanks()) else {
                    throw .invalid(
                        parameter: "status",
                        "must be one or more of \(RunStatus.allCases.map(\.rawValue).joined(separator: ", "))")
                }
                statuses.insert(status)
            }
            if !statuses.isEmpty { filter.statuses = statuses }
        }
        filter.trigger = request.query("trigger")
        filter.since = try Self.moment(request, "since")
        filter.until = try Self.moment(request, "until")
        if let cursor = request.query("cursor") {
            guard let number = Cursor.value(cursor)?["before"]?.intValue else {
                throw .invalid(parameter: "cursor", "is none that this list gave")
            }
            filter.before = number
        }
        if let number = try request.number("number", in: 1...Int.max - 1) {
            (filter.after, filter.before, filter.limit) = (Int64(number) - 1, Int64(number) + 1, 1)
        }
        let wanted = filter
        let page = try await stored { () throws(StoreError) in try await RunReader(services.runs).reports(wanted) }
        return .json([
            "items": .array(page.reports.map { summary(of: $0, for: request) }),
            "next_cursor": page.next.map { .string(Cursor.text(["before": .int($0)])) } ?? .null,
        ])
    }

    func getRun(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let report = try await report(of: try request.identity(Run.self))
        return .json(request.grant == .run(.full) ? RunView(report: report).json : RunView(report: report).metadata)
    }

    /// A run in a list: whole for who started it and for admins, its metadata for the owner of its pipeline.
    private func summary(of report: RunReport, for request: APIRequest) -> JSON {
        let isWhole = report.run.owner == request.owner || request.principal?.role == .admin
        return isWhole ? RunView(report: report).summary : RunView(report: report).metadata
    }

    func getStepRun(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let report = try await report(of: try request.identity(Run.self))
        let id = request.parameter("step_id")
        let found = report.json["steps"]?.arrayValue?.first {
            $0["path"]?.stringValue == id || $0["id"]?.stringValue == id
        }
        guard case .object(var members)? = found else {
            throw APIProblem(.notFound, "the run has no step \(id.prefix(80))")
        }
        let latest = members["attempts"]?.arrayValue?.last
        members["inputs"] = latest?["with"] ?? .null
        members["links"] = [
            "run": .string("/api/v1/runs/\(report.run.id)"),
            "logs": .string("/api/v1/runs/\(report.run.id)/steps/\(id)/logs"),
        ]
        return .json(.object(members))
    }

    static func moment(_ request: APIRequest, _ name: String) throws(APIProblem) -> Timestamp? {
        guard let text = request.query(name) else { return nil }
        // One reader of RFC 3339 in the program: that of expressions.
        var scope = Scope()
        scope["inputs"] = .string(text)
        guard
            let seconds = try? Expression(
                parsing: "timestamp(inputs).getMilliseconds() + int(timestamp(inputs)) * 1000"
            )
            .json(in: scope).intValue
        else { throw .invalid(parameter: name, "must be a moment such as 2026-01-31T09:05:00Z") }
        return Timestamp(milliseconds: seconds)
    }
}
