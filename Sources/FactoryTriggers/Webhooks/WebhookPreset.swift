/// The forms in which other systems sign their calls.
public enum WebhookPreset: String, Sendable, CaseIterable {
    /// `X-Factory-Signature: sha256=…` over `timestamp.body`, with `X-Factory-Timestamp`.
    case generic
    /// `X-Hub-Signature-256` over the body.
    case github
    /// `X-Gitlab-Token`, or the form of ``standard`` where GitLab was given a key to sign with.
    case gitlab
    /// `webhook-id`, `webhook-timestamp`, `webhook-signature` (Standard Webhooks).
    case standard
}
