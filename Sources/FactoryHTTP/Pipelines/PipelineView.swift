import FactoryAPI
import FactoryDefinition
import FactoryDomain
import FactoryJSON

/// A pipeline as the API shows it to one caller.
struct PipelineView {
    /// Runs of the small drawing of a list.
    static let sparklineRuns = 24

    let record: PipelineRecord
    /// What the caller may do with it.
    let role: PipelineRole
    let isFavourite: Bool
    /// How its runs went that the caller may know of.
    let history: PipelineHistory

    /// With its document.
    var json: JSON {
        var members = self.members
        members["updated_by"] = .string(record.editor)
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
            "role": .string(role.rawValue),
            "favourite": .bool(isFavourite),
            "format": .string(record.format.rawValue),
            "step_count": .int(Int64(record.stepCount)),
            "step_types": .array(record.stepTypes.map(JSON.string)),
            "revision": .int(record.revision),
            "latest_version": record.latestVersion.map(JSON.int) ?? .null,
            "forked_from": record.forkedFrom.map { .string($0.rawValue) } ?? .null,
            "template": record.template.map(JSON.string) ?? .null,
            "last_run": lastRun,
            "success_rate": history.successRate.map(JSON.double) ?? .null,
            "sparkline": sparkline,
            "created_at": .string(record.createdAt.description),
            "updated_at": .string(record.updatedAt.description),
            "trashed_at": record.trashedAt.map { .string($0.description) } ?? .null,
            "links": [
                "self": .string(path), "steps": .string("\(path)/steps"), "runs": .string("\(path)/runs"),
                "versions": .string("\(path)/versions"), "validate": .string("\(path)/validate"),
            ],
        ]
    }

    private var lastRun: JSON {
        guard let latest = history.latest, let mark = history.marks.first else { return .null }
        return [
            "id": .string(latest.id.rawValue), "number": .int(latest.number),
            "status": .string(mark.status.rawValue), "created_at": .string(latest.createdAt.description),
            "duration_ms": mark.durationMilliseconds.map(JSON.int) ?? .null,
        ]
    }

    /// The latest runs, oldest first, as they are drawn.
    private var sparkline: JSON {
        .array(
            history.marks.prefix(Self.sparklineRuns).reversed().map { mark in
                [
                    "status": .string(mark.status.rawValue),
                    "duration_ms": mark.durationMilliseconds.map(JSON.int) ?? .null,
                ]
            })
    }
}
