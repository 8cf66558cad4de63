import FactoryAPI
import FactoryDefinition
import FactoryDomain
import FactoryJSON
import FactoryStore

extension API {
    /// Attempts of a change that does not say which draft it was made for, while others save in between.
    private static let attempts = 5

    /// Changes the document of the pipeline the path names, if it is still the one the client saw. If not, the change is
    /// merged with what was saved meanwhile: that is saved where the client asks for it and nothing conflicts, and is
    /// told with the refusal where not.
    ///
    /// - Parameters:
    ///   - isConditional: whether `If-Match` is needed.
    ///   - renames: steps that the change gives another id, by the id before.
    ///   - body: the change, made on a draft: the present one, or the one that the client saw.
    func change(
        _ request: APIRequest, isConditional: Bool = true, status: Int = 200, renames: [String: String] = [:],
        _ body: (PipelineRecord) throws(APIProblem) -> PipelineDraft
    ) async throws(APIProblem) -> Reply {
        let match = isConditional ? try request.requiredMatch() : request.match() ?? .any
        let merges = try wantsMerge(request)
        var left = match == .any || merges ? Self.attempts : 1
        while true {
            left -= 1
            let record = try await pipeline(request)
            var (draft, members, headers) = (PipelineDraft?.none, JSONObject(), [(name: String, value: String)]())
            if match.matches(EntityTag(revision: record.revision)) {
                draft = try body(record)
            } else {
                let stale = try await DraftMerge(match, record, services.pipelines, body)
                if merges, let stale, stale.conflicts.isEmpty {
                    draft = try? PipelineDraft(
                        text: stale.text, format: stale.format, acceptsInvalid: try request.flag("draft"),
                        models: request.models)
                    members["merged"] = ["base": .int(stale.base.revision), "with": .int(record.revision)]
                    headers.append((name: "Preference-Applied", value: "merge"))
                }
                guard draft != nil else { throw try await refusal(of: stale, now: record, for: request) }
            }
            guard let draft else { continue }
            let kept: PipelineRecord
            do throws(StoreError) {
                kept = try await save(draft, over: record, renames, by: request.owner)
            } catch {
                guard case .changed = error else { throw APIProblem(error) }
                if left > 0 { continue }
                let now = try await pipeline(request)
                throw try await refusal(
                    of: try await DraftMerge(match, now, services.pipelines, body), now: now, for: request)
            }
            var reply = try await shown(
                kept, for: request, status: status, problems: draft.problems, members: members)
            reply.headers += headers
            return reply
        }
    }

    /// Keeps a draft in the place of the one of `record`; the same text once more is no change.
    func save(
        _ draft: PipelineDraft, over record: PipelineRecord, _ renames: [String: String], by account: String
    ) async throws(StoreError) -> PipelineRecord {
        let next = draft.replacing(record, by: account, at: services.now())
        guard next.text != record.text || next.format != record.format else { return record }
        let kept = try await services.pipelines.replace(
            next, revision: record.revision,
            renames: renames.isEmpty ? Self.renames(from: record.document, to: next.document) : renames)
        services.collaboration.live.poke()
        return kept
    }

    /// Steps whose id alone is another.
    private static func renames(from before: JSON, to after: JSON) -> [String: String] {
        func ids(_ document: JSON) -> Set<String> {
            Set((document["steps"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue })
        }
        let (old, new) = (ids(before), ids(after))
        guard !old.isSubset(of: new), !new.isSubset(of: old) else { return [:] }
        return Dictionary(
            DocumentDifference(from: before, to: after).renamedSteps.map { ($0.before, $0.after) },
            uniquingKeysWith: { first, _ in first })
    }

    private func wantsMerge(_ request: APIRequest) throws(APIProblem) -> Bool {
        if try request.flag("merge") { return true }
        let wishes = (request.header("Prefer") ?? "").split(whereSeparator: { $0 == "," || $0 == ";" })
        return wishes.contains { $0.trimmingBlanks().lowercased() == "merge" }
    }

    /// The refusal of a stale change, which carries what is there now, what both come from, and the two merged.
    func refusal(
        of merge: DraftMerge?, now record: PipelineRecord, for request: APIRequest
    ) async throws(APIProblem) -> APIProblem {
        var members: JSONObject = [
            "current": try await view(of: record, for: request),
            "etag": .string(EntityTag(revision: record.revision).description),
            "base": nil, "merge": nil,
        ]
        if let merge {
            members["base"] = ["revision": .int(merge.base.revision), "document": merge.baseDocument]
            members["merge"] = merge.json
        }
        let conflicts = merge?.conflicts.count ?? 0
        let hint =
            switch merge {
            case nil: "make your change on `current`, and send it with its ETag"
            case _? where conflicts == 0: "send `merge.document` with this ETag, or ask for that with `Prefer: merge`"
            case _?: "decide the conflicts in `merge.document`, and send it with this ETag"
            }
        return APIProblem(
            .preconditionFailed,
            "the pipeline was changed meanwhile; it has revision \(record.revision) now"
                + (conflicts == 0
                    ? "" : ", and \(conflicts == 1 ? "1 change conflicts" : "\(conflicts) changes conflict")"),
            hint: hint, members: members, headers: Self.tags(of: record))
    }
}
