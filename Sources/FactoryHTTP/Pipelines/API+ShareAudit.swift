import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryStore

extension API {
    /// Writes down who may see and use a pipeline now and could not before, and who no longer may.
    func audit(
        _ shares: [PipelineShare], after before: [PipelineShare], _ visibility: Visibility, of record: PipelineRecord,
        _ request: APIRequest
    ) async throws(APIProblem) {
        let (id, held) = (record.id.rawValue, Dictionary(before.map { ($0.account, $0) }) { first, _ in first })
        for share in shares {
            let was = held[share.account]
            guard was?.role != share.role || was?.allows != share.allows else { continue }
            var detail: JSONObject = ["account": .string(share.account), "role": .string(share.role)]
            if was?.allows ?? [] != share.allows { detail["allows"] = Self.json(share.allows) }
            try await audit(.pipelineShared, request, on: id, detail)
        }
        let kept = Set(shares.map(\.account))
        for share in before where !kept.contains(share.account) {
            try await audit(.pipelineUnshared, request, on: id, ["account": .string(share.account)])
        }
        guard visibility != record.visibility else { return }
        try await audit(
            .visibilityChanged, request, on: id,
            ["from": .string(record.visibility.rawValue), "to": .string(visibility.rawValue)])
    }
}
