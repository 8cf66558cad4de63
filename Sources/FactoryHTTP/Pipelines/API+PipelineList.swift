import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryStore
import NIOCore

extension API {
    func listPipelines(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let key = ListCache.Key(
            viewer: request.viewer, query: request.target.query.flatMap { [$0.name, $0.value] })
        // Asked before the list is read: what changes meanwhile makes the answer old at once.
        let generation = services.pipelines.listGeneration
        if let known = lists.answer(to: key, generation: generation) {
            return Reply(status: 200, headers: [], content: .kept(known, .json))
        }
        let filter = try Self.filter(request)
        let page = try await stored { () throws(StoreError) in try await services.pipelines.pipelines(filter) }
        let next = page.next.map { next in
            Cursor.text([
                "sort": .string(Self.name(filter.key, filter.descending)), "value": .string(next.value),
                "id": .string(next.id),
            ])
        }
        var items: [JSON] = []
        for item in page.items {
            let record = item.record
            let access = PipelineAccess(
                id: record.id, owner: record.owner, visibility: record.visibility, sharedRole: item.sharedRole)
            // The list is chosen by the rule that decides; this decides once more, for each.
            guard let principal = request.principal, let role = Authorisation.role(of: principal, on: access) else {
                continue
            }
            items.append(
                PipelineView(record: record, role: role, isFavourite: item.isFavourite, history: item.history).summary)
        }
        let answer: JSON = ["items": .array(items), "next_cursor": next.map(JSON.string) ?? .null]
        let bytes = ByteBuffer(bytes: answer.serializedBytes())
        lists.keep(bytes, to: key, generation: generation)
        return Reply(status: 200, headers: [], content: .kept(bytes, .json))
    }

    /// The tags of everything the caller may see, with their number.
    func listTags(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let viewer = request.viewer
        let tags = try await stored { () throws(StoreError) in
            try await services.pipelines.tags(for: viewer).map { tag -> JSON in
                ["tag": .string(tag.tag), "count": .int(Int64(tag.count))]
            }
        }
        return .json(["items": .array(tags), "next_cursor": nil])
    }

    func setFavourite(_ request: APIRequest, _ isFavourite: Bool) async throws(APIProblem) -> Reply {
        let id = try await pipeline(request).id
        try await stored { () throws(StoreError) in
            try await services.pipelines.setFavourite(id, of: request.owner, isFavourite)
        }
        return .empty()
    }

    private static func filter(_ request: APIRequest) throws(APIProblem) -> PipelineFilter {
        func text(_ name: String) -> String? { request.query(name).flatMap { $0.isEmpty ? nil : $0 } }
        let words = text("q").map(PipelineFilter.words)
        let (key, descending) = try order(request.query("sort") ?? (words == nil ? "-updated" : "-relevance"))
        guard key != .relevance || words != nil else {
            throw .invalid(parameter: "sort", "can be relevance only where q says what is looked for")
        }
        var visibility: Visibility?
        if let word = text("visibility") {
            guard let known = Visibility(rawValue: word) else {
                throw .invalid(parameter: "visibility", "must be one of private, shared, public")
            }
            visibility = known
        }
        var filter = PipelineFilter(
            viewer: request.viewer, owner: text("owner").map { $0 == "me" ? request.owner : $0 },
            visibility: visibility, words: words, tag: text("tag"),
            isFavourite: request.query("favourite") == nil ? nil : try request.flag("favourite"),
            isTrashed: try request.flag("trashed"), key: key, descending: descending, limit: try request.limit())
        if let cursor = request.query("cursor") {
            guard let value = Cursor.value(cursor), value["sort"] == .string(name(key, descending)),
                let text = value["value"]?.stringValue, let id = value["id"]?.stringValue
            else { throw .invalid(parameter: "cursor", "is none that this list gave") }
            filter.after = PipelineFilter.Cursor(value: text, id: id)
        }
        return filter
    }

    private static func order(_ text: String) throws(APIProblem) -> (PipelineFilter.Key, Bool) {
        let descending = text.hasPrefix("-")
        let word = descending ? String(text.dropFirst()) : text
        let name = word.hasSuffix("_at") ? String(word.dropLast(3)) : word
        guard let key = PipelineFilter.Key(rawValue: name) else {
            throw .invalid(
                parameter: "sort",
                "must be one of name, created, updated, last_run, relevance, with a - before it for the greatest first")
        }
        // The best fit stands first, whatever the sign.
        return (key, descending || key == .relevance)
    }

    private static func name(_ key: PipelineFilter.Key, _ descending: Bool) -> String {
        (descending ? "-" : "") + key.rawValue
    }
}
