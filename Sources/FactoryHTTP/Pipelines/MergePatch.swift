import FactoryJSON

/// JSON Merge Patch, RFC 7396.
enum MergePatch {
    /// `target` with what `patch` says: members are set, null removes them, objects are merged.
    static func apply(_ patch: JSON, to target: JSON) -> JSON {
        guard case .object(let changes) = patch else { return patch }
        var members = target.objectValue ?? [:]
        for (key, value) in changes {
            members[key] = value.isNull ? Optional.none : apply(value, to: members[key] ?? .null)
        }
        return .object(members)
    }
}
