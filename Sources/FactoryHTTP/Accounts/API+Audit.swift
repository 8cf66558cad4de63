import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryStore

extension API {
    /// Writes down that the caller did `action`.
    ///
    /// - Parameters:
    ///   - object: id of what it was done to.
    ///   - detail: what else belongs to it; never a secret.
    func audit(
        _ action: AuditAction, _ request: APIRequest, on object: String? = nil, _ detail: JSONObject = [:]
    ) async throws(APIProblem) {
        let actor = AuditActor(request.principal, address: request.peer.address)
        try await stored { () throws(StoreError) in
            try await services.access.audit.record(action, by: actor, on: object, detail)
        }
    }

    /// Who did what, newest first.
    func listAudit(_ request: APIRequest) async throws(APIProblem) -> Reply {
        var filter = AuditFilter(
            account: request.query("account"), action: request.query("action"), object: request.query("object"),
            limit: try request.limit() + 1)
        if let action = filter.action, AuditAction(rawValue: action) == nil {
            let known = AuditAction.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid(parameter: "action", "must be one of \(known)")
        }
        if let cursor = request.query("cursor") {
            guard let number = Cursor.value(cursor)?["before"]?.intValue else {
                throw .invalid(parameter: "cursor", "is none that this list gave")
            }
            filter.before = number
        }
        let wanted = filter
        var records = try await stored { () throws(StoreError) in try await services.access.audit.records(wanted) }
        let hasMore = records.count == wanted.limit
        if hasMore { records.removeLast() }
        let next = hasMore ? records.last.map { Cursor.text(["before": .int($0.number)]) } : nil
        return .json([
            "items": .array(records.map(\.json)), "next_cursor": next.map(JSON.string) ?? .null,
        ])
    }

    /// Whether the log is as it was written.
    func verifyAudit() async throws(APIProblem) -> Reply {
        let verdict = try await stored { () throws(StoreError) in try await services.access.audit.verify() }
        return .json(verdict.json)
    }
}
