import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryStore

extension API {
    /// Longest comment, in characters.
    private static let commentLength = 10_000
    /// Accounts that one comment may name.
    private static let mentionCount = 20

    func listComments(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        let limit = try request.limit()
        var filter = CommentFilter(pipeline: record.id, step: request.query("step"), limit: limit + 1)
        if request.query("resolved") != nil { filter.isResolved = try request.flag("resolved") }
        if let cursor = request.query("cursor") {
            guard let id = Cursor.value(cursor)?["after"]?.stringValue else {
                throw .invalid(parameter: "cursor", "is none that this list gave")
            }
            filter.after = ID(rawValue: id)
        }
        let wanted = filter
        var comments = try await stored { () throws(StoreError) in try await services.pipelines.comments(wanted) }
        let hasMore = comments.count > limit
        if hasMore { comments.removeLast() }
        let people = try await people(Self.accounts(of: comments))
        return .json([
            "items": .array(comments.map { Self.json(of: $0, people) }),
            "next_cursor": hasMore
                ? comments.last.map { .string(Cursor.text(["after": .string($0.id.rawValue)])) } ?? .null : .null,
        ])
    }

    /// Says something: `{"text", "step"?}`.
    func addComment(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        let members = try request.members(known: ["text", "step"])
        let text = try Self.text(members["text"])
        var step: String?
        if let named = members["step"], !named.isNull {
            let ids = Self.steps(of: record).compactMap { $0["id"]?.stringValue }
            guard let id = named.stringValue, ids.contains(id) else {
                throw .invalid(field: "step", "must be the id of a step of this pipeline")
            }
            step = id
        }
        let mentions = try await mentions(in: text, of: record.id)
        let about = step
        return try await once(request, PipelineComment.self) { id throws(APIProblem) in
            let comment = PipelineComment(
                id: id, pipeline: record.id, step: about, account: request.owner, text: text, mentions: mentions,
                createdAt: services.now())
            try await stored { () throws(StoreError) in try await services.pipelines.add(comment) }
            services.collaboration.live.poke()
            return .json(
                Self.json(of: comment, try await people(Self.accounts(of: [comment]))), status: 201,
                headers: [(name: "Location", value: "/api/v1/pipelines/\(record.id)/comments/\(id)")])
        }
    }

    /// Changes the text of one's own comment, or says of any that it is dealt with: `{"text"?, "resolved"?}`.
    func changeComment(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        let members = try request.members(known: ["text", "resolved"])
        var comment = try await comment(request, in: record)
        if let text = members["text"] {
            guard comment.account == request.owner else {
                throw APIProblem(.forbidden, "a comment is changed by who wrote it")
            }
            comment.text = try Self.text(text)
            comment.mentions = try await mentions(in: comment.text, of: record.id)
            comment.editedAt = services.now()
        }
        if let resolved = members["resolved"] {
            guard case .bool(let isResolved) = resolved else {
                throw .invalid(field: "resolved", "must be true or false")
            }
            guard comment.account == request.owner || request.pipelineRole >= .editor else {
                throw APIProblem(
                    .forbidden, "a comment is resolved by who wrote it, and by those who edit the pipeline")
            }
            comment.resolvedAt = isResolved ? comment.resolvedAt ?? services.now() : nil
            comment.resolver = isResolved ? comment.resolver ?? request.owner : nil
        }
        let changed = comment
        try await stored { () throws(StoreError) in
            try await services.pipelines.replace(changed, by: request.owner, at: services.now())
        }
        services.collaboration.live.poke()
        return .json(Self.json(of: changed, try await people(Self.accounts(of: [changed]))))
    }

    func removeComment(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        let comment = try await comment(request, in: record)
        guard comment.account == request.owner || request.pipelineRole == .owner else {
            throw APIProblem(.forbidden, "a comment is removed by who wrote it, or by the owner of the pipeline")
        }
        try await stored { () throws(StoreError) in
            try await services.pipelines.remove(comment, by: request.owner, at: services.now())
        }
        services.collaboration.live.poke()
        return .empty()
    }

    /// What was done with a pipeline, newest first, and its runs as far as the caller may know of them.
    func listActivity(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        let (viewer, limit) = (request.viewer, try request.limit())
        var before: ActivityCursor?
        if let cursor = request.query("cursor") {
            guard let value = Cursor.value(cursor), let at = value["at"]?.intValue, let rank = value["rank"]?.intValue,
                let number = value["number"]?.intValue
            else { throw .invalid(parameter: "cursor", "is none that this list gave") }
            before = ActivityCursor(at: Timestamp(milliseconds: at), rank: rank, number: number)
        }
        let start = before
        var entries = try await stored { () throws(StoreError) in
            try await services.pipelines.activity(of: record.id, for: viewer, before: start, limit: limit + 1)
        }
        let hasMore = entries.count > limit
        if hasMore { entries.removeLast() }
        let people = try await people(Set(entries.map(\.account)))
        return .json([
            "items": .array(entries.map { $0.json(people) }),
            "next_cursor": hasMore
                ? entries.last.map { last in
                    let place = last.cursor
                    return .string(
                        Cursor.text([
                            "at": .int(place.at.milliseconds), "rank": .int(place.rank), "number": .int(place.number),
                        ]))
                } ?? .null : .null,
        ])
    }

    // MARK: - Pieces

    private func comment(
        _ request: APIRequest, in record: PipelineRecord
    ) async throws(APIProblem) -> PipelineComment {
        let id = try request.identity(PipelineComment.self, named: "comment_id")
        return try await stored { () throws(StoreError) in
            try await services.pipelines.comment(id, of: record.id)
        }
    }

    /// The accounts that a text names with `@` and that may see the pipeline. Others are just words.
    private func mentions(in text: String, of id: ID<PipelineRecord>) async throws(APIProblem) -> [String] {
        let names = Mentions.names(in: text).prefix(Self.mentionCount)
        guard !names.isEmpty else { return [] }
        return try await stored { () throws(StoreError) in
            guard let audience = try await services.pipelines.audience(of: id) else { return [] }
            var found: [String] = []
            for name in names {
                guard let account = try await services.collaboration.accounts.account(name),
                    !found.contains(account.id),
                    audience.visibility == .public || audience.owner == account.id || audience.roles[account.id] != nil
                else { continue }
                found.append(account.id)
            }
            return found
        }
    }

    private static func text(_ value: JSON?) throws(APIProblem) -> String {
        guard let text = value?.stringValue, (1...commentLength).contains(text.count) else {
            throw .invalid(field: "text", "must be text of 1 to \(commentLength) characters")
        }
        return text
    }

    private static func accounts(of comments: [PipelineComment]) -> Set<String> {
        Set(comments.flatMap { [$0.account, $0.resolver].compactMap(\.self) + $0.mentions })
    }

    private static func json(of comment: PipelineComment, _ people: [String: JSON]) -> JSON {
        [
            "id": .string(comment.id.rawValue),
            "step": comment.step.map(JSON.string) ?? .null,
            "by": people[comment.account] ?? .null,
            "text": .string(comment.text),
            "mentions": .array(comment.mentions.compactMap { people[$0] }),
            "created_at": .string(comment.createdAt.description),
            "edited_at": comment.editedAt.map { .string($0.description) } ?? .null,
            "resolved_at": comment.resolvedAt.map { .string($0.description) } ?? .null,
            "resolved_by": comment.resolver.flatMap { people[$0] } ?? .null,
        ]
    }
}

/// Names that a text speaks to.
enum Mentions {
    /// What follows an `@` that begins a word: letters, digits, `.`, `_`, `-` and `@` for an address, without the
    /// punctuation at its end; each once.
    static func names(in text: String) -> [String] {
        var names: [String] = []
        for word in text.split(whereSeparator: { $0.isWhitespace || "()[]{}<>,;:!?\"'".contains($0) }) {
            guard word.hasPrefix("@") else { continue }
            var name = word.dropFirst()
            while let last = name.last, ".-_@".contains(last) { name.removeLast() }
            guard !name.isEmpty, name.utf8.count <= 254, !names.contains(String(name)) else { continue }
            names.append(String(name))
        }
        return names
    }
}

extension PipelineActivity {
    /// Who did it.
    var account: String {
        switch self {
        case .event(let event): event.account
        case .run(_, _, let account, _, _, _, _): account
        }
    }

    /// The form sent.
    func json(_ people: [String: JSON]) -> JSON {
        switch self {
        case .event(let event):
            return [
                "type": .string(event.kind.rawValue), "id": .int(event.sequence),
                "at": .string(event.at.description), "by": people[event.account] ?? .null, "data": event.data,
            ]
        case .run(let id, let number, let account, let status, let trigger, let version, let at):
            return [
                "type": "run.created", "id": nil, "at": .string(at.description), "by": people[account] ?? .null,
                "data": [
                    "run": .string(id.rawValue), "number": .int(number), "status": .string(status.rawValue),
                    "trigger": .string(trigger), "version": version.map(JSON.int) ?? .null,
                ],
            ]
        }
    }
}
