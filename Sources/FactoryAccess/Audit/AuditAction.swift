/// What the audit log speaks of. The raw values are stable; what a record adds stands in its detail.
public enum AuditAction: String, Sendable, CaseIterable {
    // Who is let in
    case setUp = "installation.set_up"
    case restored = "installation.restored"
    case signedIn = "session.started"
    case signInRefused = "session.refused"
    case signedOut = "session.ended"
    case sessionRevoked = "session.revoked"
    case keyCreated = "key.created"
    case keyRevoked = "key.revoked"

    // Accounts
    case accountCreated = "account.created"
    case accountChanged = "account.changed"
    case accountRemoved = "account.removed"
    case roleChanged = "account.role_changed"
    case passwordChanged = "account.password_changed"
    case invitationCreated = "invitation.created"
    case invitationAccepted = "invitation.accepted"

    // Pipelines and runs
    case runStarted = "run.started"
    case pipelineShared = "pipeline.shared"
    case pipelineUnshared = "pipeline.unshared"
    case visibilityChanged = "pipeline.visibility_changed"
    case linkCreated = "pipeline.link_created"
    case linkRevoked = "pipeline.link_revoked"
    case pipelinePublished = "pipeline.published"
    case pipelineImported = "pipeline.imported"
    case pipelinePurged = "pipeline.purged"
    case triggerChanged = "trigger.changed"
    case templatePublished = "template.published"
    case templateRemoved = "template.removed"

    // The way out
    case secretSet = "secret.set"
    case secretRemoved = "secret.removed"
    case masterKeyRotated = "secret.master_key_rotated"
    case providerChanged = "provider.changed"
    case providerRemoved = "provider.removed"
    case localModelRequested = "model.install_requested"
    case localModelCancelled = "model.install_cancelled"
    case hostAllowed = "host.allowed"
    case hostRemoved = "host.removed"
    case alertChanged = "alert.changed"
}
