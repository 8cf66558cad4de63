import FactoryAPI
import FactoryDefinition
import FactoryDomain
import FactoryJSON
import FactoryStore

extension API {
    func createPipeline(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let draft = try PipelineDraft(request)
        let services = services
        return try await once(request, PipelineRecord.self) { id throws(APIProblem) in
            let record = draft.record(id: id, owner: request.owner, at: services.now())
            do throws(StoreError) { try await services.pipelines.create(record) } catch {
                // Made under this key before, and the answer was lost on its way.
                guard case .exists = error else { throw APIProblem(error) }
            }
            let kept = try await pipeline(id)
            var reply = try await shown(kept, status: 201, problems: draft.problems)
            reply.headers.append((name: "Location", value: "/api/v1/pipelines/\(id)"))
            return reply
        }
    }

    func getPipeline(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        guard let kind = Acceptance(request.header("Accept")).best(of: [.json, .yaml]) else {
            throw APIProblem(.notAcceptable, "a pipeline can be had as application/json or application/yaml")
        }
        guard kind == .yaml else { return try await shown(record) }
        // The tag stands for the document; what else JSON shows of a pipeline changes beside it.
        guard !request.has(EntityTag(revision: record.revision)) else {
            return .empty(status: 304, headers: Self.tags(of: record))
        }
        let text = record.format == .yaml ? record.text : DocumentPrinter.yaml(record.document)
        return Reply(
            status: 200, headers: Self.tags(of: record) + [(name: "Vary", value: "Accept")],
            content: .bytes(Array(text.utf8), .yaml))
    }

    func replacePipeline(_ request: APIRequest) async throws(APIProblem) -> Reply {
        try await change(request) { record throws(APIProblem) in
            let draft = try PipelineDraft(request)
            guard draft.format == .json, record.format == .yaml else { return draft }
            // A person wrote the text, with comments: what the new document leaves as it is stays as written.
            guard let text = DocumentRewrite.text(of: record.text, rewrittenTo: draft.document) else { return draft }
            return try PipelineDraft(text: text, format: .yaml, acceptsInvalid: try request.flag("draft"))
        }
    }

    /// A merge patch (RFC 7396) over the document; its comments stay.
    func changePipeline(_ request: APIRequest) async throws(APIProblem) -> Reply {
        var patch = try request.members(known: nil)
        if case .object(let inner)? = patch["document"], patch["steps"] == nil {
            try APIProblem.refuseUnknown(patch.keys, known: ["document"])
            patch = inner
        }
        let merge = patch
        return try await change(request) { record throws(APIProblem) in
            let merged = MergePatch.apply(.object(merge), to: record.document)
            guard let text = DocumentRewrite.text(of: record.text, rewrittenTo: merged) else {
                return try PipelineDraft(
                    text: merged.serializedBytes(pretty: true), format: .json,
                    acceptsInvalid: try request.flag("draft"))
            }
            return try PipelineDraft(
                text: text, format: record.format, acceptsInvalid: try request.flag("draft"))
        }
    }

    func trashPipeline(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let match = try request.requiredMatch()
        let record = try await pipeline(request)
        try await check(match, record)
        try await stored { () throws(StoreError) in
            try await services.pipelines.trash(
                record.id, at: services.now(), revision: record.revision)
        }
        return .empty()
    }

    func restorePipeline(_ request: APIRequest) async throws(APIProblem) -> Reply {
        _ = try request.members(known: [])
        let id = try request.identity(PipelineRecord.self)
        let record = try await pipeline(id)
        guard record.trashedAt != nil else { return try await shown(record) }
        do throws(StoreError) {
            try await services.pipelines.trash(id, at: nil, revision: nil)
        } catch {
            guard case .nameTaken = error else { throw APIProblem(error) }
            throw APIProblem(
                .nameTaken, "another pipeline is named \(record.name) meanwhile", hint: "rename that one, then restore")
        }
        return try await shown(try await pipeline(id))
    }
}

// MARK: - What the handlers share

extension API {
    /// The pipeline the path names; one in the trash is not there.
    func pipeline(_ request: APIRequest) async throws(APIProblem) -> PipelineRecord {
        let id = try request.identity(PipelineRecord.self)
        let record = try await pipeline(id)
        guard record.trashedAt == nil else {
            throw APIProblem(
                .notFound, "the pipeline \(id) is in the trash",
                hint: "POST /api/v1/pipelines/\(id)/restore brings it back")
        }
        return record
    }

    func pipeline(_ id: ID<PipelineRecord>) async throws(APIProblem) -> PipelineRecord {
        try await stored { () throws(StoreError) in try await services.pipelines.pipeline(id) }
    }

    /// Changes the document of the pipeline the path names, if it is still the one the client saw.
    /// - Parameter isConditional: whether `If-Match` is needed.
    func change(
        _ request: APIRequest, isConditional: Bool = true, status: Int = 200,
        _ body: (PipelineRecord) throws(APIProblem) -> PipelineDraft
    ) async throws(APIProblem) -> Reply {
        let match = isConditional ? try request.requiredMatch() : request.match() ?? .any
        let record = try await pipeline(request)
        try await check(match, record)
        let draft = try body(record)
        let next = draft.replacing(record, at: services.now())
        let kept: PipelineRecord
        do throws(StoreError) {
            kept = try await services.pipelines.replace(next, revision: record.revision)
        } catch {
            guard case .changed = error else { throw APIProblem(error) }
            throw try await changed(try await pipeline(request))
        }
        return try await shown(kept, status: status, problems: draft.problems)
    }

    private func check(_ match: EntityTagCondition, _ record: PipelineRecord) async throws(APIProblem) {
        guard match.matches(EntityTag(revision: record.revision)) else { throw try await changed(record) }
    }

    /// The refusal of a stale change, which carries what is there now so that a client can merge.
    private func changed(_ record: PipelineRecord) async throws(APIProblem) -> APIProblem {
        let history = try await stored { () throws(StoreError) in
            try await services.pipelines.history(of: record.id)
        }
        return APIProblem(
            .preconditionFailed, "the pipeline was changed meanwhile; it has revision \(record.revision) now",
            hint: "merge your change with `current`, and send it again with its ETag",
            members: [
                "current": PipelineView(record: record, history: history).json,
                "etag": .string(EntityTag(revision: record.revision).description),
            ], headers: Self.tags(of: record))
    }

    func shown(
        _ record: PipelineRecord, status: Int = 200, problems: [Problem] = []
    ) async throws(APIProblem) -> Reply {
        let history = try await stored { () throws(StoreError) in
            try await services.pipelines.history(of: record.id)
        }
        var value = PipelineView(record: record, history: history).json
        if !problems.isEmpty, case .object(var members) = value {
            members["problems"] = .array(problems.map { APIProblem.Entry($0).json })
            value = .object(members)
        }
        return .json(value, status: status, headers: Self.tags(of: record) + [(name: "Vary", value: "Accept")])
    }

    static func tags(of record: PipelineRecord) -> [(name: String, value: String)] {
        [(name: "ETag", value: EntityTag(revision: record.revision).description)]
    }
}
