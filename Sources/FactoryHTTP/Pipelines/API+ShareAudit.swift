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
        let (id, held) = (record.id.rawValue, Dictionary(before.map { ($0.account, $0.role) }) { first, _ in first })
        for share in shares where held[share.account] != share.role {
            try await audit(
                .pipelineShared, request, on: id, ["account": .string(share.account), "role": .string(share.role)])
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
