/// What is known of the names that an expression will see.
public struct TypeScope: Sendable {
    private var roots: [String: ExpressionType] = [:]
    private var growing: [String: [String: ExpressionType]] = [:]

    /// A scope whose only names are roots that members are added to one by one.
    public init(growing roots: [String] = []) {
        for root in roots { growing[root] = [:] }
    }

    /// Reads or sets what a root such as `inputs` is; nil removes it.
    public subscript(root: String) -> ExpressionType? {
        get { roots[root] ?? (growing[root] == nil ? nil : .dyn) }
        set { roots[root] = newValue }
    }

    /// Reads or sets a member of a root of which not all members are known, such as `steps`: the others are
    /// ``ExpressionType/dyn``. Setting one takes the same time however many there are.
    public subscript(root: String, member: String) -> ExpressionType? {
        get { growing[root]?[member] }
        set { growing[root, default: [:]][member] = newValue }
    }

    /// True for a root whose members are set one by one.
    func isGrowing(_ root: String) -> Bool { roots[root] == nil && growing[root] != nil }

    /// The names that mean something, sorted.
    var names: [String] { (Array(roots.keys) + growing.keys).sorted() }
}
