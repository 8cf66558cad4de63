/// What an access key or a session allows.
public enum AccessScope: String, Sendable, CaseIterable {
    case read, run, edit, admin
}

/// What somebody may do with a pipeline; each role includes those before it.
public enum PipelineRole: String, Sendable, CaseIterable, Comparable {
    /// Sees the document and its versions.
    case viewer
    /// Starts runs of it.
    case runner
    /// Changes it.
    case editor
    /// Shares it, and puts it into the trash.
    case owner

    /// True when `left` allows less than `right`.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .viewer: 0
        case .runner: 1
        case .editor: 2
        case .owner: 3
        }
    }
}

/// What somebody may know of a run.
public enum RunRole: String, Sendable, CaseIterable, Comparable {
    /// That it is, when, how long, how it went and what it cost: for the owner of its pipeline.
    case metadata
    /// Everything in it, and to control it: for who started it.
    case full

    /// True when `left` allows less than `right`.
    public static func < (left: Self, right: Self) -> Bool { left == .metadata && right == .full }
}

/// Who may use a route. There is no default: a route is not made without a rule.
public enum AccessRule: Sendable, Hashable {
    /// Anyone who reaches the port: it tells nothing about what is stored.
    case anyone
    /// Any account whose credential has this scope. What it concerns is the caller's own.
    case signedIn(AccessScope)
    /// Accounts of role admin whose credential has this scope.
    case admin(AccessScope)
    /// Whoever has at least this role on the pipeline that `{id}` names.
    case pipeline(PipelineRole, AccessScope)
    /// Whoever has at least this role on the run that `{id}` names.
    case run(RunRole, AccessScope)
    /// Whoever may see everything of the run that wrote the artifact that `{id}` names.
    case artifact(AccessScope)
    /// Whoever published the template that `{name}` names, or an admin.
    case template(AccessScope)

    /// Whoever's account it is that `{id}` names, and admins.
    case account(AccessScope)
    /// Whoever's session it is that `{id}` names, and admins.
    case session(AccessScope)
    /// Whoever's access key it is that `{id}` names, and admins.
    case accessKey(AccessScope)

    /// The scope a credential must have; nil where none is asked for.
    public var scope: AccessScope? {
        switch self {
        case .anyone: nil
        case .signedIn(let scope), .admin(let scope), .pipeline(_, let scope), .run(_, let scope), .artifact(let scope),
            .account(let scope), .session(let scope), .accessKey(let scope), .template(let scope):
            scope
        }
    }
}
