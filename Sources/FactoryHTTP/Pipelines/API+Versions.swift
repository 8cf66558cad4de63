import FactoryAPI
import FactoryAccess
import FactoryDefinition
import FactoryDomain
import FactoryJSON
import FactoryStore

extension API {
    /// Longest message of a version, in characters.
    private static let messageLength = 2_000

    func listVersions(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        var before: Int64?
        if let cursor = request.query("cursor") {
            guard let number = Cursor.value(cursor)?["before"]?.intValue else {
                throw .invalid(parameter: "cursor", "is none that this list gave")
            }
            before = number
        }
        let (start, limit) = (before, try request.limit())
        var versions = try await stored { () throws(StoreError) in
            try await services.pipelines.versions(of: record.id, before: start, limit: limit + 1)
        }
        let hasMore = versions.count > limit
        if hasMore { versions.removeLast() }
        let people = try await people(Set(versions.map(\.account)))
        return .json([
            "items": .array(versions.map { .object(Self.members(of: $0, people)) }),
            "next_cursor": hasMore
                ? versions.last.map { .string(Cursor.text(["before": .int($0.number)])) } ?? .null : .null,
        ])
    }

    /// Publishes the draft: `{"message"?}`. With `If-Match` only the draft that was seen.
    func publishVersion(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["message"])
        let message = try Self.message(members["message"]) ?? ""
        return try await once(request, PipelineVersion.self) { id throws(APIProblem) in
            let record = try await pipeline(request)
            if let match = request.match(), !match.matches(EntityTag(revision: record.revision)) {
                throw try await refusal(of: nil, now: record, for: request)
            }
            let (version, isNew) = try await publish(record, as: id, message, request)
            return try await shown(version, status: isNew ? 201 : 200)
        }
    }

    func getVersion(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        guard let kind = Acceptance(request.header("Accept")).best(of: [.json, .yaml]) else {
            throw APIProblem(.notAcceptable, "a version can be had as application/json or application/yaml")
        }
        let version = try await version(request.parameter("number"), of: record)
        guard kind == .yaml else { return try await shown(version) }
        let text = version.format == .yaml ? version.text : DocumentPrinter.yaml(Self.document(of: version))
        return Reply(
            status: 200, headers: [(name: "Vary", value: "Accept")], content: .bytes(Array(text.utf8), .yaml))
    }

    /// What another version, or the draft, has otherwise than this one: by steps, fields and edges, and as text.
    func compareVersion(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        let from = try await version(request.parameter("number"), of: record)
        let goal = request.query("to") ?? "draft"
        let (to, document): (JSON, JSON)
        if goal == "draft" {
            (to, document) = ("draft", record.document)
        } else {
            let other = try await version(goal, of: record)
            (to, document) = (.int(other.number), Self.document(of: other))
        }
        let difference = DocumentDifference(from: Self.document(of: from), to: document)
        guard case .object(var members) = difference.json else { return .empty() }
        members["from"] = .int(from.number)
        members["to"] = to
        return .json(.object(members))
    }

    /// Publishes the document of an earlier version as a new one, and makes it the draft. What the draft was before is
    /// kept among the earlier drafts.
    func restoreVersion(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["message"])
        let number = request.parameter("number")
        let message = try Self.message(members["message"]) ?? "Version \(number) again"
        return try await once(request, PipelineVersion.self) { id throws(APIProblem) in
            let record = try await pipeline(request)
            if let match = request.match(), !match.matches(EntityTag(revision: record.revision)) {
                throw try await refusal(of: nil, now: record, for: request)
            }
            let version = try await version(number, of: record)
            let draft = try PipelineDraft(
                text: Array(version.text.utf8), format: version.format, acceptsInvalid: false, models: request.models)
            let kept = try await stored { () throws(StoreError) in
                try await save(draft, over: record, [:], by: request.owner)
            }
            let (published, isNew) = try await publish(kept, as: id, message, request)
            return try await shown(published, status: isNew ? 201 : 200)
        }
    }

    private func publish(
        _ record: PipelineRecord, as id: ID<PipelineVersion>, _ message: String, _ request: APIRequest
    ) async throws(APIProblem) -> (PipelineVersion, Bool) {
        let format: DocumentFormat = record.format == .yaml ? .yaml : .json
        let reading = DocumentReader(models: request.models).read(Array(record.text.utf8), as: format)
        guard reading.isValid else { throw .invalidDocument(reading.problems) }
        let result = try await stored { () throws(StoreError) in
            try await services.pipelines.publish(
                record.id, as: id, message: message, revision: record.revision, by: request.owner, at: services.now())
        }
        services.collaboration.live.poke()
        if result.isNew {
            try await audit(
                .pipelinePublished, request, on: record.id.rawValue, ["version": .int(result.version.number)])
        }
        return (result.version, result.isNew)
    }

    private func shown(_ version: PipelineVersion, status: Int = 200) async throws(APIProblem) -> Reply {
        var members = Self.members(of: version, try await people([version.account]))
        members["document"] = Self.document(of: version)
        return .json(
            .object(members), status: status,
            headers: [(name: "Vary", value: "Accept")]
                + (status == 201 ? [(name: "Location", value: Self.path(of: version))] : []))
    }

    private func version(_ text: String, of record: PipelineRecord) async throws(APIProblem) -> PipelineVersion {
        guard let number = Int64(text), number > 0 else {
            throw APIProblem(.notFound, "the pipeline has no version \(text.prefix(20))")
        }
        return try await stored { () throws(StoreError) in
            try await services.pipelines.version(number, of: record.id)
        }
    }

    private static func message(_ value: JSON?) throws(APIProblem) -> String? {
        guard let value, !value.isNull else { return nil }
        guard let text = value.stringValue, text.count <= messageLength else {
            throw .invalid(field: "message", "must be text of at most \(messageLength) characters")
        }
        return text
    }

    private static func document(of version: PipelineVersion) -> JSON {
        DocumentReader().read(Array(version.text.utf8), as: version.format == .yaml ? .yaml : .json).document ?? .null
    }

    private static func path(of version: PipelineVersion) -> String {
        "/api/v1/pipelines/\(version.pipeline)/versions/\(version.number)"
    }

    private static func members(of version: PipelineVersion, _ people: [String: JSON]) -> JSONObject {
        [
            "id": .string(version.id.rawValue),
            "pipeline": .string(version.pipeline.rawValue),
            "number": .int(version.number),
            "message": .string(version.message),
            "by": people[version.account] ?? .null,
            "created_at": .string(version.createdAt.description),
            "step_count": .int(Int64(version.stepCount)),
            "format": .string(version.format.rawValue),
            "links": ["self": .string(path(of: version)), "diff": .string("\(path(of: version))/diff")],
        ]
    }
}

extension DocumentDifference {
    /// The form sent.
    var json: JSON {
        func list(_ texts: [String]) -> JSON { .array(texts.map(JSON.string)) }
        func edges(_ edges: [Edge]) -> JSON {
            .array(edges.map { ["from": .string($0.from), "to": .string($0.to)] })
        }
        return [
            "equal": .bool(isEmpty),
            "steps": [
                "added": list(addedSteps), "removed": list(removedSteps),
                "renamed": .array(renamedSteps.map { ["before": .string($0.before), "after": .string($0.after)] }),
                "moved": .array(
                    movedSteps.map {
                        [
                            "step": .string($0.step), "before": .int(Int64($0.before)), "after": .int(Int64($0.after)),
                        ]
                    }),
            ],
            "fields": .array(
                fields.map { field in
                    var members: JSONObject = [
                        "step": field.step.map(JSON.string) ?? .null, "path": .string(field.path),
                    ]
                    // A member that is not there is told from one that is null.
                    if let before = field.before { members["before"] = before }
                    if let after = field.after { members["after"] = after }
                    return .object(members)
                }),
            "edges": ["added": edges(addedEdges), "removed": edges(removedEdges)],
            "text": .string(description),
        ]
    }
}
