public import FactoryDomain

/// Keeps who may see and use pipelines.
public protocol PipelineSharingStore: Sendable {
    /// With whom a pipeline is shared, by account.
    func shares(of id: ID<PipelineRecord>) async throws(StoreError) -> [PipelineShare]

    /// Sets with whom a pipeline is shared and whether every account may see it. A share that stays with its role keeps
    /// its age.
    func setShares(
        of id: ID<PipelineRecord>, _ shares: [PipelineShare], visibility: Visibility, by account: String,
        at moment: Timestamp
    ) async throws(StoreError)

    /// Links of a pipeline, oldest first; those that expired before `now` are forgotten.
    func links(of id: ID<PipelineRecord>, now: Timestamp) async throws(StoreError) -> [ShareLink]

    /// Keeps a link.
    func add(_ link: ShareLink) async throws(StoreError)

    /// Removes a link; false where there was none.
    func removeLink(_ link: ID<ShareLink>, of id: ID<PipelineRecord>) async throws(StoreError) -> Bool

    /// The owner of a pipeline, where runs of `version` that `account` starts may use `what` of theirs: it is shared with
    /// the account for running and with that, and the owner published the version.
    func lender(
        of what: ShareAllowance, to account: String, for id: ID<PipelineRecord>, version: Int64
    ) async throws(StoreError) -> String?

    /// The same for a run that is there.
    func lender(of what: ShareAllowance, to run: ID<Run>) async throws(StoreError) -> String?

    /// Shares the pipeline of the link with this token with `account`, unless a role at least as large is there.
    /// - Returns: the pipeline; nil for a token that is not known or no longer taken.
    func accept(
        tokenDigest: String, by account: String, at moment: Timestamp
    ) async throws(StoreError) -> ID<PipelineRecord>?
}

/// Tells which accounts there are.
public protocol AccountDirectory: Sendable {
    /// The account that `text` names, by id, name or e-mail address.
    func account(_ text: String) async throws(StoreError) -> NamedAccount?

    /// The names of accounts, by id; those that are not there are left out.
    func names(of ids: Set<String>) async throws(StoreError) -> [String: String]
}

/// An account, by what people call it.
public struct NamedAccount: Sendable, Hashable {
    /// The id.
    public var id: String
    /// The name.
    public var name: String

    /// An account of these values.
    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}
