import FactoryAPI
import FactoryDomain
import FactoryJSON
import FactoryStore

/// The text that a run is made of.
struct RunSource: Sendable {
    /// The published version it is; nil for the draft.
    let version: Int64?
    let format: PipelineRecord.Format
    let text: String
}

extension API {
    /// What a run of `record` runs: what is asked for, or, where nothing is, the draft for those who edit it and the
    /// latest version for everyone else. Until something is published that is the draft for all.
    /// - Parameter wanted: a number, `"latest"` or `"draft"`; nil and null leave the choice.
    func runSource(
        _ wanted: JSON?, of record: PipelineRecord, for request: APIRequest
    ) async throws(APIProblem) -> RunSource {
        let draft = RunSource(version: nil, format: record.format, text: record.text)
        let mayRunDraft = request.pipelineRole >= .editor || record.latestVersion == nil
        switch wanted ?? .null {
        case .null:
            guard !mayRunDraft, let latest = record.latestVersion else { return draft }
            return try await source(latest, of: record)
        case .string("draft"):
            guard mayRunDraft else {
                throw APIProblem(
                    .forbidden, "running the draft needs the role editor on the pipeline",
                    hint: "leave `version` out to run the latest version")
            }
            return draft
        case .string("latest"):
            guard let latest = record.latestVersion else {
                throw APIProblem(
                    .conflict, "the pipeline has no published version",
                    hint: "publish one, or run the draft: {\"version\": \"draft\"}")
            }
            return try await source(latest, of: record)
        case .int(let number): return try await source(number, of: record)
        default: throw .invalid(field: "version", "must be the number of a version, \"latest\" or \"draft\"")
        }
    }

    private func source(_ number: Int64, of record: PipelineRecord) async throws(APIProblem) -> RunSource {
        let version = try await stored { () throws(StoreError) in
            try await services.pipelines.version(number, of: record.id)
        }
        return RunSource(version: number, format: version.format, text: version.text)
    }
}
