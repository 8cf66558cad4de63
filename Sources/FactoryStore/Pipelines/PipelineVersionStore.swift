public import FactoryDomain

/// Keeps the published versions of pipelines.
public protocol PipelineVersionStore: Sendable {
    /// Publishes the draft of a pipeline as its next version, if the draft still has `revision`. Where the latest
    /// version has the same text, nothing is done.
    /// - Returns: the version, and whether it is new.
    /// - Throws: ``StoreError/changed`` where the draft has another revision.
    func publish(
        _ id: ID<PipelineRecord>, as version: ID<PipelineVersion>, message: String, revision: Int64, by account: String,
        at moment: Timestamp
    ) async throws(StoreError) -> (version: PipelineVersion, isNew: Bool)

    /// Versions of a pipeline without their texts, the latest first, at most `limit`, with numbers below `before`.
    func versions(
        of id: ID<PipelineRecord>, before: Int64?, limit: Int
    ) async throws(StoreError) -> [PipelineVersion]

    /// One version with its text.
    func version(_ number: Int64, of id: ID<PipelineRecord>) async throws(StoreError) -> PipelineVersion
}
