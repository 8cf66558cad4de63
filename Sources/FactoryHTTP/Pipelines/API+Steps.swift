import FactoryAPI
import FactoryDefinition
import FactoryDomain
import FactoryJSON

extension API {
    func listSteps(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        return .json(
            ["items": .array(Self.steps(of: record)), "next_cursor": nil], headers: Self.tags(of: record))
    }

    func getStep(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        return .json(try Self.step(request, in: record), headers: Self.tags(of: record))
    }

    func addStep(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let step = try Self.stepInBody(request)
        let at = try request.number("at", in: 0...10_000)
        let added = step["id"]?.stringValue ?? ""
        var reply = try await edit(request, isConditional: false, status: 201, shows: added) {
            editor, record throws(EditError) in
            guard !Self.steps(of: record).contains(where: { $0["id"]?.stringValue == added }) else {
                throw .exists(added)
            }
            try editor.apply(.addStep(step, at: min(at ?? .max, Self.steps(of: record).count)))
        }
        reply.headers.append(
            (name: "Location", value: "/api/v1/pipelines/\(request.parameter("id"))/steps/\(added)"))
        return reply
    }

    /// Puts another step in the place of one. A new id is a rename: whatever names the step follows.
    func replaceStep(_ request: APIRequest) async throws(APIProblem) -> Reply {
        var step = try Self.stepInBody(request)
        let id = request.parameter("step_id")
        if step["id"] == nil { step["id"] = .string(id) }
        guard let next = step["id"]?.stringValue else { throw .invalid(field: "id", "must be text") }
        let goal = step
        let renames = next == id ? [:] : [id: next]
        return try await edit(request, isConditional: true, renames: renames, shows: next) {
            editor, _ throws(EditError) in
            if next != id { try editor.apply(.renameStep(id, to: next)) }
            let text = try DocumentRewrite.text(
                of: String(decoding: editor.text, as: UTF8.self), step: next, rewrittenTo: goal)
            editor = try DocumentEditor(text)
        }
    }

    func removeStep(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let id = request.parameter("step_id")
        let reply = try await edit(request, isConditional: true, shows: nil) { editor, _ throws(EditError) in
            try editor.apply(.deleteStep(id))
        }
        return .empty(headers: reply.headers.filter { $0.name == "ETag" })
    }

    /// The order of all steps at once: `{"steps": ["first", "second"]}`.
    func reorderSteps(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let value = try request.json()
        var list = value
        if case .object(let members) = value {
            try APIProblem.refuseUnknown(members.keys, known: ["steps"])
            list = members["steps"] ?? .null
        }
        let wanted = (list.arrayValue ?? []).compactMap(\.stringValue)
        guard let given = list.arrayValue, wanted.count == given.count else {
            throw .invalid(field: "steps", "must be a list of step ids")
        }
        let ids = Self.steps(of: try await pipeline(request)).compactMap { $0["id"]?.stringValue }
        guard wanted.sorted() == ids.sorted() else {
            throw .invalid(field: "steps", "must name every step of the pipeline once: \(ids.joined(separator: ", "))")
        }
        return try await edit(request, isConditional: false, shows: nil) { editor, _ throws(EditError) in
            for (place, id) in wanted.enumerated() {
                let now = (editor.document["steps"]?.arrayValue ?? []).map { $0["id"]?.stringValue ?? "" }
                if now.firstIndex(of: id) != place { try editor.apply(.moveStep(id, to: place)) }
            }
        }
    }

    /// Edits the text of the pipeline the path names.
    /// - Parameter shows: id of the step that is answered; nil for the whole pipeline.
    private func edit(
        _ request: APIRequest, isConditional: Bool, status: Int = 200, renames: [String: String] = [:], shows: String?,
        _ body: (inout DocumentEditor, PipelineRecord) throws(EditError) -> Void
    ) async throws(APIProblem) -> Reply {
        let (models, acceptsInvalid) = (request.models, try request.flag("draft"))
        var reply = try await change(request, isConditional: isConditional, status: status, renames: renames) {
            record throws(APIProblem) in
            let text: [UInt8]
            do throws(EditError) {
                var editor = try DocumentEditor(Array(record.text.utf8))
                try body(&editor, record)
                text = editor.text
            } catch {
                throw APIProblem(error)
            }
            return try PipelineDraft(
                text: text, format: record.format, acceptsInvalid: acceptsInvalid, models: models)
        }
        if let shows, case .bytes(let bytes, _) = reply.content, let value = try? JSON(parsing: bytes),
            let step = value["document"]?["steps"]?.arrayValue?.first(where: { $0["id"]?.stringValue == shows })
        {
            reply.content = .bytes(step.serializedBytes(), .json)
        }
        return reply
    }

    static func steps(of record: PipelineRecord) -> [JSON] { record.document["steps"]?.arrayValue ?? [] }

    private static func step(_ request: APIRequest, in record: PipelineRecord) throws(APIProblem) -> JSON {
        let id = request.parameter("step_id")
        guard let step = steps(of: record).first(where: { $0["id"]?.stringValue == id }) else {
            throw APIProblem(.notFound, "the pipeline has no step \(id.prefix(80))")
        }
        return step
    }

    private static func stepInBody(_ request: APIRequest) throws(APIProblem) -> JSONObject {
        let value: JSON
        if request.kind == .yaml {
            do { value = try YAML.parse(request.body) } catch {
                throw APIProblem(
                    .invalidField, "the step cannot be read: \(error)",
                    errors: [
                        APIProblem.Entry(
                            path: "", code: "syntax", message: error.message, hint: error.hint, line: error.line,
                            column: error.column)
                    ])
            }
        } else {
            value = try request.json()
        }
        guard case .object(let members) = value else { throw .invalid(field: "the step", "must be an object") }
        return members
    }
}

extension APIProblem {
    /// What an edit that cannot be made means to a client.
    init(_ error: EditError) {
        switch error {
        case .unknownStep(let id): self.init(.notFound, "the pipeline has no step \(id.prefix(80))")
        case .exists: self.init(.conflict, error.description)
        case .unreadable, .notFound, .invalidID, .invalidValue, .outOfRange, .unrewritable:
            self.init(.invalidField, error.description)
        }
    }
}
