/// Who may see a pipeline beside its owner.
public enum Visibility: String, Sendable, CaseIterable {
    /// Nobody.
    case `private`
    /// The people it is shared with.
    case shared
    /// Every account of the installation.
    case `public`
}
