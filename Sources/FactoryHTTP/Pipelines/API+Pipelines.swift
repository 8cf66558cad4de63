import FactoryAPI
import FactoryDefinition
import FactoryDomain
import FactoryJSON
import FactoryStore

extension API {
    func createPipeline(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let services = services
        let made = try await draftOfTemplate(request)
        let copy = made == nil ? try await copy(request) : nil
        let draft =
            if let made { made.draft } else if let copy { copy.draft } else {
                try PipelineDraft(request, models: request.models)
            }
        return try await once(request, PipelineRecord.self) { id throws(APIProblem) in
            var record = draft.record(id: id, owner: request.owner, at: services.now())
            record.template = made?.template
            record.forkedFrom = copy?.source
            let pipeline = record
            do throws(StoreError) { try await services.pipelines.create(pipeline) } catch {
                // Made under this key before, and the answer was lost on its way.
                guard case .exists = error else { throw APIProblem(error) }
            }
            services.collaboration.live.poke()
            let kept = try await self.pipeline(id)
            var reply = try await shown(kept, for: request, status: 201, problems: draft.problems)
            reply.headers.append((name: "Location", value: "/api/v1/pipelines/\(id)"))
            return reply
        }
    }

    func getPipeline(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        guard let kind = Acceptance(request.header("Accept")).best(of: [.json, .yaml]) else {
            throw APIProblem(.notAcceptable, "a pipeline can be had as application/json or application/yaml")
        }
        guard kind == .yaml else { return try await shown(record, for: request) }
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
        let (models, acceptsInvalid) = (request.models, try request.flag("draft"))
        return try await change(request) { record throws(APIProblem) in
            let draft = try PipelineDraft(request, models: models)
            guard draft.format == .json, record.format == .yaml else { return draft }
            // A person wrote the text, with comments: what the new document leaves as it is stays as written.
            guard let text = DocumentRewrite.text(of: record.text, rewrittenTo: draft.document) else { return draft }
            return try PipelineDraft(text: text, format: .yaml, acceptsInvalid: acceptsInvalid, models: models)
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
        let (models, acceptsInvalid) = (request.models, try request.flag("draft"))
        return try await change(request) { record throws(APIProblem) in
            let merged = MergePatch.apply(.object(merge), to: record.document)
            let text = DocumentRewrite.text(of: record.text, rewrittenTo: merged)
            return try PipelineDraft(
                text: text ?? merged.serializedBytes(pretty: true), format: text == nil ? .json : record.format,
                acceptsInvalid: acceptsInvalid, models: models)
        }
    }

    func trashPipeline(_ request: APIRequest) async throws(APIProblem) -> Reply {
        if try request.flag("purge") { return try await purgePipeline(request) }
        let match = try request.requiredMatch()
        let record = try await pipeline(request)
        guard match.matches(EntityTag(revision: record.revision)) else {
            throw try await refusal(of: nil, now: record, for: request)
        }
        try await stored { () throws(StoreError) in
            try await services.pipelines.trash(
                record.id, true, by: request.owner, at: services.now(), revision: record.revision)
        }
        services.collaboration.live.poke()
        return .empty()
    }

    func restorePipeline(_ request: APIRequest) async throws(APIProblem) -> Reply {
        _ = try request.members(known: [])
        let id = try request.identity(PipelineRecord.self)
        let record = try await pipeline(id)
        guard record.trashedAt != nil else { return try await shown(record, for: request) }
        do throws(StoreError) {
            try await services.pipelines.trash(id, false, by: request.owner, at: services.now(), revision: nil)
        } catch {
            guard case .nameTaken = error else { throw APIProblem(error) }
            throw APIProblem(
                .nameTaken, "another pipeline is named \(record.name) meanwhile", hint: "rename that one, then restore")
        }
        services.collaboration.live.poke()
        return try await shown(try await pipeline(id), for: request)
    }
}

// MARK: - What the handlers share

extension API {
    /// The pipeline the path names; one in the trash is not there.
    func pipeline(_ request: APIRequest) async throws(APIProblem) -> PipelineRecord {
        let id = try request.identity(PipelineRecord.self)
        return try Self.untrashed(try await pipeline(id))
    }

    static func untrashed(_ record: PipelineRecord) throws(APIProblem) -> PipelineRecord {
        guard record.trashedAt == nil else {
            throw APIProblem(
                .notFound, "the pipeline \(record.id) is in the trash",
                hint: "POST /api/v1/pipelines/\(record.id)/restore brings it back")
        }
        return record
    }

    func pipeline(_ id: ID<PipelineRecord>) async throws(APIProblem) -> PipelineRecord {
        try await stored { () throws(StoreError) in try await services.pipelines.pipeline(id) }
    }

    func shown(
        _ record: PipelineRecord, for request: APIRequest, status: Int = 200, problems: [Problem] = [],
        members further: JSONObject = [:]
    ) async throws(APIProblem) -> Reply {
        var value = try await view(of: record, for: request)
        if case .object(var members) = value {
            if !problems.isEmpty { members["problems"] = .array(problems.map { APIProblem.Entry($0).json }) }
            for (name, member) in further { members[name] = member }
            value = .object(members)
        }
        return .json(value, status: status, headers: Self.tags(of: record) + [(name: "Vary", value: "Accept")])
    }

    /// The pipeline as the caller sees it, with its document.
    func view(of record: PipelineRecord, for request: APIRequest) async throws(APIProblem) -> JSON {
        let viewer = request.viewer
        return try await stored { () throws(StoreError) in
            PipelineView(
                record: record, role: request.pipelineRole,
                isFavourite: try await services.pipelines.isFavourite(record.id, of: viewer.account),
                history: try await services.pipelines.history(of: record.id, for: viewer)
            ).json
        }
    }

    static func tags(of record: PipelineRecord) -> [(name: String, value: String)] {
        [(name: "ETag", value: EntityTag(revision: record.revision).description)]
    }
}
