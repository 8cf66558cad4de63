import FactoryAPI
import FactoryDefinition
import FactoryDomain
import FactoryJSON

/// A document on its way into the store: read, checked, and what lists show of it taken out.
struct PipelineDraft: Sendable {
    let format: PipelineRecord.Format
    let text: [UInt8]
    let document: JSON
    let name: String
    /// What is doubtful; with a draft, also what is wrong.
    let problems: [Problem]

    /// The document of a request's body: the text itself, or `{"document": {…}}`.
    init(_ request: APIRequest, models: ModelCatalogue?) throws(APIProblem) {
        guard let kind = request.kind else {
            throw APIProblem(.badRequest, "the body is empty", hint: "send the document as JSON or YAML")
        }
        let acceptsInvalid = try request.flag("draft")
        guard kind != .yaml else {
            try self.init(text: request.body, format: .yaml, acceptsInvalid: acceptsInvalid, models: models)
            return
        }
        let value = try request.json(limits: JSONLimits(depth: 64, bytes: API.documentBytes, keys: 500_000))
        let bytes: [UInt8]
        if case .object(let members) = value, members.contains("document"), members["steps"] == nil {
            try APIProblem.refuseUnknown(members.keys, known: ["document"])
            bytes = (members["document"] ?? .null).serializedBytes(pretty: true)
        } else {
            bytes = request.body
        }
        try self.init(text: bytes, format: .json, acceptsInvalid: acceptsInvalid, models: models)
    }

    /// The document in `text`.
    /// - Parameters:
    ///   - acceptsInvalid: takes a document that can be read and has a name, whatever else is wrong with it.
    ///   - models: the models that are configured, to warn of others; nil says nothing of them.
    init(
        text: [UInt8], format: PipelineRecord.Format, acceptsInvalid: Bool, models: ModelCatalogue?
    ) throws(APIProblem) {
        let reading = DocumentReader(models: models).read(text, as: format == .yaml ? .yaml : .json)
        guard let document = reading.document, reading.isValid || acceptsInvalid else {
            throw .invalidDocument(reading.problems)
        }
        guard let name = reading.pipeline?.name ?? Self.name(of: document) else {
            throw .invalidDocument(reading.problems)
        }
        self.format = format
        self.text = text
        self.document = document
        self.name = name
        problems = reading.problems
    }

    /// A name by which a document that is not valid can be kept all the same.
    private static func name(of document: JSON) -> String? {
        guard let name = document["name"]?.stringValue, (1...64).contains(name.utf8.count),
            name.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") })
        else { return nil }
        return name
    }

    /// A new pipeline of this document.
    func record(id: ID<PipelineRecord>, owner: String, at now: Timestamp) -> PipelineRecord {
        PipelineRecord(
            id: id, owner: owner, name: name, title: document["title"]?.stringValue ?? name,
            summary: document["description"]?.stringValue, tags: tags, stepCount: steps.count, stepTypes: stepTypes,
            format: format, text: String(decoding: text, as: UTF8.self), document: document, createdAt: now,
            updatedAt: now)
    }

    /// `record` with this document in the place of its own.
    func replacing(_ record: PipelineRecord, by account: String, at now: Timestamp) -> PipelineRecord {
        var next = self.record(id: record.id, owner: record.owner, at: now)
        next.visibility = record.visibility
        next.latestVersion = record.latestVersion
        next.forkedFrom = record.forkedFrom
        next.editor = account
        next.createdAt = record.createdAt
        next.template = record.template
        next.revision = record.revision
        return next
    }

    private var tags: [String] { (document["tags"]?.arrayValue ?? []).compactMap(\.stringValue) }
    private var steps: [JSON] { document["steps"]?.arrayValue ?? [] }

    /// In a document that is not valid a type may be anything.
    private var stepTypes: [String] {
        steps.prefix(PipelineRecord.mostStepTypes).map { String(($0["type"]?.stringValue ?? "").prefix(32)) }
    }
}

extension APIProblem {
    /// A document that is not valid, with everything that is wrong and doubtful in it.
    static func invalidDocument(_ problems: [Problem]) -> APIProblem {
        let errors = problems.count { $0.severity == .error }
        return APIProblem(
            .invalidDocument, errors == 1 ? "the document has 1 error" : "the document has \(errors) errors",
            errors: problems.map(Entry.init))
    }
}
