public import FactoryDomain

/// Tells what decides who may see an object.
public protocol AccessStore: Sendable {
    /// What decides about the pipeline `id` for the account `account`; nil where there is none.
    func access(to id: ID<PipelineRecord>, for account: String) async throws(StoreError) -> PipelineAccess?

    /// What decides about the run `id`; nil where there is none.
    func access(to id: ID<Run>) async throws(StoreError) -> RunAccess?
}

/// What decides who may do what with a pipeline.
public struct PipelineAccess: Sendable, Hashable {
    /// The pipeline.
    public var id: ID<PipelineRecord>
    /// Whose it is.
    public var owner: String
    /// Who may see it beside those it is shared with.
    public var visibility: Visibility
    /// The role it is shared with the account that asks with; nil where it is not.
    public var sharedRole: String?

    /// Access of these values.
    public init(id: ID<PipelineRecord>, owner: String, visibility: Visibility, sharedRole: String?) {
        self.id = id
        self.owner = owner
        self.visibility = visibility
        self.sharedRole = sharedRole
    }
}

/// What decides who may do what with a run.
public struct RunAccess: Sendable, Hashable {
    /// Who started it.
    public var owner: String
    /// The pipeline it is a run of; nil for a run of a file.
    public var pipeline: ID<PipelineRecord>?
    /// Whose that pipeline is.
    public var pipelineOwner: String?

    /// Access of these values.
    public init(owner: String, pipeline: ID<PipelineRecord>?, pipelineOwner: String?) {
        self.owner = owner
        self.pipeline = pipeline
        self.pipelineOwner = pipelineOwner
    }
}
