import FactoryAPI
import FactoryAccess
import FactoryDefinition
import FactoryDomain
import FactoryJSON
import FactoryStore

/// A document that begins as a copy of another pipeline's.
struct PipelineCopy: Sendable {
    let source: ID<PipelineRecord>
    let draft: PipelineDraft
}

extension API {
    /// Bodies up to this size are looked into for what to copy.
    private static let copyRequestBytes = 4_096

    /// What the body asks to copy: `{"copy_of": ID, "name"?, "title"?, "version"?}`; nil where it is a document.
    ///
    /// Whoever may see a pipeline may copy it. Comments in the text stay.
    func copy(_ request: APIRequest) async throws(APIProblem) -> PipelineCopy? {
        guard request.kind == .json, request.body.count <= Self.copyRequestBytes,
            let members = try? request.members(known: nil), let named = members["copy_of"]
        else { return nil }
        try APIProblem.refuseUnknown(members.keys, known: ["copy_of", "name", "title", "version"])
        guard let id = named.stringValue.flatMap(ID<PipelineRecord>.init(parsing:)) else {
            throw .invalid(field: "copy_of", "must be the id of a pipeline")
        }
        _ = try await authorise(.pipeline(.viewer, .read), for: request.principal, ["id": id.rawValue])
        let record = try await pipeline(id)
        guard record.trashedAt == nil else { throw APIProblem(.notFound, "the pipeline \(id) is in the trash") }
        var (text, format) = (record.text, record.format)
        if let number = members["version"], !number.isNull {
            guard let number = number.intValue else { throw .invalid(field: "version", "must be a number") }
            let version = try await stored { () throws(StoreError) in
                try await services.pipelines.version(number, of: id)
            }
            (text, format) = (version.text, version.format)
        }
        let name: String
        switch members["name"] ?? .null {
        case .null: name = try await freeName(record.name, of: request.owner)
        case .string(let given): name = given
        default: throw .invalid(field: "name", "must be text")
        }
        do throws(EditError) {
            var editor = try DocumentEditor(Array(text.utf8))
            if editor.document["name"] != .string(name) { try editor.apply(.set(["name"], .string(name))) }
            if let title = members["title"], !title.isNull { try editor.apply(.set(["title"], title)) }
            text = String(decoding: editor.text, as: UTF8.self)
        } catch { throw APIProblem(error) }
        // A draft that is not valid may be copied as it is.
        let draft = try PipelineDraft(
            text: Array(text.utf8), format: format, acceptsInvalid: true, models: request.models)
        return PipelineCopy(source: id, draft: draft)
    }

    /// `name`, or that with the first `-copy`, `-copy-2` … that its owner has not given away.
    private func freeName(_ name: String, of owner: String) async throws(APIProblem) -> String {
        let stem = String(name.prefix(52))
        var number = 0
        while true {
            let candidate = number == 0 ? name : number == 1 ? "\(stem)-copy" : "\(stem)-copy-\(number)"
            let isTaken = try await stored { () throws(StoreError) in
                try await services.pipelines.pipeline(named: candidate, of: owner) != nil
            }
            if !isTaken { return candidate }
            number += 1
        }
    }

    /// Keeps several documents at once, all or none: YAML with `---` between them, or `{"documents": [text or object]}`.
    ///
    /// `existing` says what to do where a pipeline of the name is there: `replace` its draft, `skip`, or `rename` the
    /// new one; without it that is an error.
    func importPipelines(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let rule = request.query("existing") ?? "refuse"
        guard ["refuse", "replace", "skip", "rename"].contains(rule) else {
            throw .invalid(parameter: "existing", "must be one of refuse, replace, skip, rename")
        }
        let drafts = try documents(request)
        var (new, results) = ([PipelineRecord](), [(status: String, id: ID<PipelineRecord>, name: String)]())
        var (replacing, names, taken) = ([PipelineRecord](), Set<String>(), [APIProblem.Entry]())
        for (place, var draft) in drafts.enumerated() {
            let name = draft.name
            func refuse(_ message: String, _ hint: String) {
                taken.append(
                    APIProblem.Entry(
                        path: "documents[\(place)].name", code: APIProblemCode.nameTaken.rawValue, message: message,
                        hint: hint))
            }
            guard names.insert(name).inserted else {
                refuse("two of the documents are named \(name)", "give one another name")
                continue
            }
            let known = try await stored { () throws(StoreError) in
                try await services.pipelines.pipeline(named: name, of: request.owner)
            }
            guard let known else {
                let id: ID<PipelineRecord> = services.ids.make()
                new.append(draft.record(id: id, owner: request.owner, at: services.now()))
                results.append(("created", id, name))
                continue
            }
            switch rule {
            case "skip": results.append(("skipped", known.id, name))
            case "replace":
                let isSame = known.text == String(decoding: draft.text, as: UTF8.self)
                if !isSame { replacing.append(draft.replacing(known, by: request.owner, at: services.now())) }
                results.append((isSame ? "unchanged" : "replaced", known.id, name))
            case "rename":
                draft = try draft.named(
                    try await freeName(name, of: request.owner), models: request.models)
                let id: ID<PipelineRecord> = services.ids.make()
                new.append(draft.record(id: id, owner: request.owner, at: services.now()))
                results.append(("created", id, draft.name))
            default:
                refuse(
                    "another pipeline is named \(name)",
                    "say what to do with `existing`: replace, skip or rename, or choose another name")
            }
        }
        guard taken.isEmpty else {
            throw APIProblem(.nameTaken, "names are taken; none of the documents was kept", errors: taken)
        }
        let (created, changed) = (new, replacing)
        try await stored { () throws(StoreError) in
            if !created.isEmpty || !changed.isEmpty {
                try await services.pipelines.keep(new: created, replacing: changed)
            }
        }
        services.collaboration.live.poke()
        for result in results where result.status == "created" || result.status == "replaced" {
            try await audit(
                .pipelineImported, request, on: result.id.rawValue,
                ["name": .string(result.name), "status": .string(result.status)])
        }
        return .json(
            [
                "items": .array(
                    results.map {
                        [
                            "id": .string($0.id.rawValue), "name": .string($0.name), "status": .string($0.status),
                        ]
                    })
            ], status: new.isEmpty ? 200 : 201)
    }

    /// The caller's own pipelines with their documents as written: as a list, or as YAML with `---` between them.
    func exportPipelines(_ request: APIRequest) async throws(APIProblem) -> Reply {
        guard let kind = Acceptance(request.header("Accept")).best(of: [.json, .yaml]) else {
            throw APIProblem(.notAcceptable, "pipelines can be had as application/json or application/yaml")
        }
        var after: String?
        if let cursor = request.query("cursor") {
            guard let name = Cursor.value(cursor)?["name"]?.stringValue else {
                throw .invalid(parameter: "cursor", "is none that this list gave")
            }
            after = name
        }
        let (start, limit) = (after, try request.limit())
        var records = try await stored { () throws(StoreError) in
            try await services.pipelines.pipelines(of: request.owner, after: start, limit: limit + 1)
        }
        let hasMore = records.count > limit
        if hasMore { records.removeLast() }
        let next = hasMore ? records.last.map { Cursor.text(["name": .string($0.name)]) } : nil
        if let allowed = request.viewer.among { records.removeAll { !allowed.contains($0.id.rawValue) } }
        guard kind == .json else {
            let texts = records.map { record in
                let text = record.format == .yaml ? record.text : DocumentPrinter.yaml(record.document)
                return text.hasSuffix("\n") ? text : text + "\n"
            }
            return Reply(
                status: 200, headers: next.map { [(name: "Next-Cursor", value: $0)] } ?? [],
                content: .bytes(Array(texts.joined(separator: "---\n").utf8), .yaml))
        }
        return .json([
            "items": .array(
                records.map { record in
                    [
                        "id": .string(record.id.rawValue), "name": .string(record.name),
                        "format": .string(record.format.rawValue), "text": .string(record.text),
                    ]
                }),
            "next_cursor": next.map(JSON.string) ?? .null,
        ])
    }

    /// The documents of a body, each valid.
    private func documents(_ request: APIRequest) throws(APIProblem) -> [PipelineDraft] {
        var texts: [(text: [UInt8], format: PipelineRecord.Format)] = []
        if request.kind == .yaml {
            texts = DocumentStream.split(request.body).map { ($0, .yaml) }
        } else {
            let members = try request.members(known: ["documents"])
            for document in members["documents"]?.arrayValue ?? [] {
                if let text = document.stringValue {
                    texts.append((Array(text.utf8), .yaml))
                } else {
                    texts.append((document.serializedBytes(pretty: true), .json))
                }
            }
        }
        guard (1...200).contains(texts.count) else {
            throw .invalid(field: "documents", "must be 1 to 200 documents, not \(texts.count)")
        }
        var (drafts, problems) = ([PipelineDraft](), [APIProblem.Entry]())
        for (place, (text, format)) in texts.enumerated() {
            do throws(APIProblem) {
                drafts.append(
                    try PipelineDraft(text: text, format: format, acceptsInvalid: false, models: request.models))
            } catch {
                problems += error.errors.map { entry in
                    var entry = entry
                    entry.path = "documents[\(place)]" + (entry.path.isEmpty ? "" : ".\(entry.path)")
                    return entry
                }
            }
        }
        guard problems.isEmpty else {
            throw APIProblem(.invalidDocument, "not every document is valid; none was kept", errors: problems)
        }
        return drafts
    }
}

extension PipelineDraft {
    /// The same document under another name, comments kept.
    func named(_ name: String, models: ModelCatalogue?) throws(APIProblem) -> PipelineDraft {
        let renamed: [UInt8]
        do throws(EditError) {
            var editor = try DocumentEditor(text)
            try editor.apply(.set(["name"], .string(name)))
            renamed = editor.text
        } catch { throw APIProblem(error) }
        return try PipelineDraft(text: renamed, format: format, acceptsInvalid: true, models: models)
    }
}

/// Several YAML documents in one text.
enum DocumentStream {
    /// The documents between lines that begin with `---`, each with its comments; empty ones are left out.
    ///
    /// At the beginning of a line that is a marker in YAML whatever stands around it.
    static func split(_ text: [UInt8]) -> [[UInt8]] {
        var (documents, current, hasContent) = ([[UInt8]](), [UInt8](), false)
        for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if line.starts(with: Array("---".utf8)),
                line.count == 3 || [0x20, 0x09, 0x0D].contains(line[line.startIndex + 3])
            {
                if hasContent { documents.append(current) }
                (current, hasContent) = ([], false)
                continue
            }
            let content = line.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            if let first = content.first, first != UInt8(ascii: "#") { hasContent = true }
            current += line
            current.append(UInt8(ascii: "\n"))
        }
        if hasContent {
            if text.last != UInt8(ascii: "\n") || current.last == UInt8(ascii: "\n") { current.removeLast() }
            documents.append(current)
        }
        return documents
    }
}
