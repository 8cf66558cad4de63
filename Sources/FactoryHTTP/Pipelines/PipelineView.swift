import FactoryDefinition
import FactoryDomain
import FactoryJSON

/// A pipeline as the API shows it.
struct PipelineView {
    let record: PipelineRecord
    let history: PipelineHistory

    /// With its document.
    var json: JSON {
        var members = self.members
        members["document"] = record.document
        return .object(members)
    }

    /// As lists show it.
    var summary: JSON { .object(members) }

    private var members: JSONObject {
        let path = "/api/v1/pipelines/\(record.id)"
        return [
            "id": .string(record.id.rawValue),
            "name": .string(record.name),
            "owner": .string(record.owner),
            "title": .string(record.title),
            "description": record.summary.map(JSON.string) ?? .null,
            "tags": .array(record.tags.map(JSON.string)),
            "visibility": .string(record.visibility.rawValue),
            "format": .string(record.format.rawValue),
            "step_count": .int(Int64(record.stepCount)),
            "revision": .int(record.revision),
            "latest_version": nil,
            "template": record.template.map(JSON.string) ?? .null,
            "last_run": lastRun,
            "success_rate": history.successRate.map(JSON.double) ?? .null,
            "created_at": .string(record.createdAt.description),
            "updated_at": .string(record.updatedAt.description),
            "trashed_at": record.trashedAt.map { .string($0.description) } ?? .null,
            "links": [
                "self": .string(path), "steps": .string("\(path)/steps"), "runs": .string("\(path)/runs"),
                "validate": .string("\(path)/validate"),
            ],
        ]
    }

    private var lastRun: JSON {
        guard let latest = history.latest else { return .null }
        return [
            "id": .string(latest.id.rawValue), "number": .int(latest.number),
            "status": .string(latest.status.rawValue), "created_at": .string(latest.createdAt.description),
        ]
    }
}
