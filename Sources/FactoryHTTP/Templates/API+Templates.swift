import FactoryAPI
import FactoryAccess
import FactoryDefinition
import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryTemplates

extension API {
    /// The templates, by name; with `category` and `q`, those of one category or with all of some words.
    func listTemplates(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let limit = try request.limit()
        let category = request.query("category")
        let known = PipelineTemplate.Category.allCases.map(\.rawValue)
        if let category, !known.contains(category) {
            throw .invalid(parameter: "category", "must be one of \(known.joined(separator: ", "))")
        }
        let query = request.query("q") ?? ""
        var after = ""
        if let cursor = request.query("cursor") {
            guard let name = Cursor.value(cursor)?["after"]?.stringValue else {
                throw .invalid(parameter: "cursor", "is none that this list gave")
            }
            after = name
        }
        var found: [AnyTemplate] = []
        while true {
            let batch = try await templates(after: after, limit: limit + 1)
            after = batch.border
            found += batch.templates.filter { template in
                (category == nil || template.category == category) && template.matches(query)
            }
            if batch.isLast || found.count > limit { break }
        }
        let items = found.prefix(limit)
        let next = found.count > limit ? items.last?.name : nil
        return .json([
            "items": .array(items.map(\.summary)),
            "next_cursor": next.map { .string(Cursor.text(["after": .string($0)])) } ?? .null,
            "categories": .array(known.map(JSON.string)),
        ])
    }

    func getTemplate(_ request: APIRequest) async throws(APIProblem) -> Reply {
        .json(try await template(named: request.parameter("name")).json)
    }

    /// Publishes the document of a pipeline for every account of the installation.
    func publishTemplate(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["pipeline", "name", "category", "readme", "sample_inputs"])
        guard let id = members["pipeline"]?.stringValue.flatMap(ID<PipelineRecord>.init(parsing:)) else {
            throw .invalid(field: "pipeline", "must be the id of a pipeline")
        }
        _ = try await authorise(.pipeline(.owner, .edit), for: request.principal, ["id": id.rawValue])
        let pipeline = try await pipeline(id)
        guard pipeline.trashedAt == nil else { throw APIProblem(.notFound, "the pipeline \(id) is in the trash") }
        let known = PipelineTemplate.Category.allCases.map(\.rawValue)
        guard let category = members["category"]?.stringValue, known.contains(category) else {
            throw .invalid(field: "category", "must be one of \(known.joined(separator: ", "))")
        }
        let readme = members["readme"] ?? ""
        guard let readme = readme.stringValue, readme.utf8.count <= Self.readmeBytes else {
            throw .invalid(field: "readme", "must be text of at most \(Self.readmeBytes >> 10) KiB")
        }
        let sample = members["sample_inputs"] ?? [:]
        guard let sample = sample.objectValue else { throw .invalid(field: "sample_inputs", "must be an object") }
        let name = members["name"].map { $0.stringValue ?? "" } ?? pipeline.name
        let text: [UInt8]
        do throws(TemplateError) {
            text = try PipelineTemplate.copy(of: Array(pipeline.text.utf8), named: name, inputs: [:])
        } catch { throw APIProblem(error) }
        let draft = try PipelineDraft(text: text, format: pipeline.format, acceptsInvalid: false, models: nil)
        try check(sample, of: draft)
        let record = TemplateRecord(
            name: draft.name, owner: request.owner, category: category, readme: readme, sampleInputs: sample,
            format: draft.format, text: String(decoding: draft.text, as: UTF8.self), document: draft.document,
            createdAt: services.now())
        try await publish(record)
        try await audit(.templatePublished, request, on: record.name, ["pipeline": .string(pipeline.id.rawValue)])
        return .json(
            AnyTemplate.published(record).json, status: 201,
            headers: [(name: "Location", value: "/api/v1/templates/\(record.name)")])
    }

    func removeTemplate(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let name = request.parameter("name")
        try await stored { () throws(StoreError) in
            try await services.templates.published.removeTemplate(named: name)
        }
        try await audit(.templateRemoved, request, on: name)
        return .empty()
    }
}

// MARK: - What other handlers use

extension API {
    /// The template `name`, of the program or published.
    func template(named name: String) async throws(APIProblem) -> AnyTemplate {
        let missing: TemplateError
        do throws(TemplateError) { return .ofProgram(try services.templates.library.template(named: name)) } catch {
            missing = error
        }
        let published = try await stored { () throws(StoreError) in
            try await services.templates.published.template(named: name)
        }
        guard let published else { throw APIProblem(missing) }
        return .published(published)
    }

    /// The draft of a pipeline that a request wants made of a template, and the template's name; nil for a request that
    /// holds a document.
    func draftOfTemplate(
        _ request: APIRequest
    ) async throws(APIProblem) -> (draft: PipelineDraft, template: String)? {
        guard request.kind == .json, let value = try? request.json(), case .object(let members) = value,
            members.contains("template"), members["steps"] == nil, members["document"] == nil
        else { return nil }
        try APIProblem.refuseUnknown(members.keys, known: ["template", "name", "inputs"])
        guard let name = members["template"]?.stringValue else { throw .invalid(field: "template", "must be a name") }
        guard let inputs = (members["inputs"] ?? [:]).objectValue else {
            throw .invalid(field: "inputs", "must be an object")
        }
        let template = try await template(named: name)
        let newName = members["name"].map { $0.stringValue ?? "" } ?? template.name
        let text: [UInt8]
        do throws(TemplateError) {
            text = try PipelineTemplate.copy(of: template.text, named: newName, inputs: inputs)
        } catch { throw .invalid(field: "inputs", "do not fit: \(error.message)") }
        return (
            try PipelineDraft(text: text, format: template.format, acceptsInvalid: false, models: request.models),
            template.name
        )
    }

    /// The recorded answers for a run of `record`, with inputs to try them on.
    ///
    /// - Parameter document: what the run asks; nil for the draft.
    /// - Throws: `not_recorded` for a pipeline that was not made of a template, or asks something else by now.
    func recording(
        for record: PipelineRecord, asking document: JSON? = nil
    ) async throws(APIProblem) -> (cassette: [UInt8], sampleInputs: JSONObject) {
        guard let name = record.template, let template = try? services.templates.library.template(named: name) else {
            throw APIProblem(
                .notRecorded, "there are no recorded answers for this pipeline",
                hint: "only pipelines made of a template of the program have them; start the run without mode")
        }
        let changes = PromptSteps(of: document ?? record.document).changes(from: PromptSteps(of: template.document))
        guard changes.isEmpty else {
            throw APIProblem(
                .notRecorded, "the recorded answers of \(name) are not answers to what this pipeline asks by now",
                hint: "start the run without mode to ask a model",
                errors: changes.map { step in
                    APIProblem.Entry(
                        path: "steps.\(step)", code: APIProblemCode.notRecorded.rawValue,
                        message: "the prompt step `\(step)` is not as in the template")
                })
        }
        return (template.recording, template.sampleInputs)
    }
}

extension API {
    /// Largest page about a template: 64 KiB.
    static let readmeBytes = 64 << 10
    /// Templates behind the name `after`, by name, up to a border.
    private struct Batch {
        var templates: [AnyTemplate]
        var border: String
        var isLast: Bool
    }

    /// The templates behind the name `after`, as far as the next `limit` that people published go. What the program has goes before what somebody published under the
    /// same name.
    private func templates(after name: String, limit: Int) async throws(APIProblem) -> Batch {
        let page = try await stored { () throws(StoreError) in
            try await services.templates.published.templates(after: name, limit: limit)
        }
        let isLast = page.count < limit
        let border = page.last?.name ?? name
        let all = try library { library throws(TemplateError) in try library.all() }
        let ofProgram = all.filter { $0.name > name && (isLast || $0.name <= border) }
        let names = Set(ofProgram.map(\.name))
        var templates = ofProgram.map(AnyTemplate.ofProgram)
        for record in page where !names.contains(record.name) { templates.append(.published(record)) }
        return Batch(templates: templates.sorted { $0.name < $1.name }, border: border, isLast: isLast)
    }

    private func library<Value>(
        _ body: (TemplateLibrary) throws(TemplateError) -> Value
    ) throws(APIProblem) -> Value {
        do throws(TemplateError) { return try body(services.templates.library) } catch {
            // The files are part of the program: a fault of it, not of the request.
            throw APIProblem(.internalError, error.message)
        }
    }

    private func check(_ sample: JSONObject, of draft: PipelineDraft) throws(APIProblem) {
        let reading = DocumentReader().read(draft.text, as: draft.format == .yaml ? .yaml : .json)
        let problems = InputCheck(reading.pipeline?.inputs ?? []).check(sample).problems
        guard sample.isEmpty || problems.isEmpty else {
            throw APIProblem(
                .invalidInputs, "the sample inputs do not fit the document",
                errors: problems.map(APIProblem.Entry.init))
        }
    }

    private func publish(_ record: TemplateRecord) async throws(APIProblem) {
        let taken = APIProblem(
            .nameTaken, "there is a template \(record.name) already", hint: "publish it under another name")
        guard !services.templates.library.names.contains(record.name) else { throw taken }
        do throws(StoreError) { try await services.templates.published.publish(record) } catch {
            guard case .nameTaken = error else { throw APIProblem(error) }
            throw taken
        }
    }
}

extension APIProblem {
    /// A template that is not to be had.
    init(_ error: TemplateError) { self.init(.notFound, error.message, hint: error.hint) }
}
