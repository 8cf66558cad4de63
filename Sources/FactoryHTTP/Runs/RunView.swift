import FactoryDomain
import FactoryJSON

/// A run as the API shows it.
struct RunView {
    let report: RunReport

    /// As lists show it.
    var summary: JSON { linked(report.summary) }

    /// As who may not see what it holds is shown it.
    var metadata: JSON { linked(report.metadata) }

    /// With its steps and the document it runs.
    var json: JSON {
        guard case .object(var members) = linked(report.json) else { return report.json }
        members["document"] = report.run.document
        return .object(members)
    }

    private func linked(_ value: JSON) -> JSON {
        guard case .object(var members) = value else { return value }
        members["links"] = links
        return .object(members)
    }

    private var links: JSON {
        let path = "/api/v1/runs/\(report.run.id)"
        var links: JSONObject = ["self": .string(path)]
        for part in ["events", "logs", "changes", "artifacts", "cancel", "pause", "resume", "retry", "fork"] {
            links[part] = .string("\(path)/\(part)")
        }
        if let pipeline = report.run.pipelineID { links["pipeline"] = .string("/api/v1/pipelines/\(pipeline)") }
        return .object(links)
    }
}
