/// Keeps keys so that the store alone does not tell them.
public protocol SecretSealing: Sendable {
    /// `plain` sealed, to be opened for the same `purpose` only.
    func seal(_ plain: String, for purpose: String) async throws(TriggerError) -> String

    /// What was sealed for `purpose`.
    func open(_ sealed: String, for purpose: String) async throws(TriggerError) -> String
}
