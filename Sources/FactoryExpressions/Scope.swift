public import FactoryJSON

/// What names mean during one evaluation.
///
/// Values are not converted when they are put in: an expression wraps what it reads, as it reads it.
public struct Scope: Sendable {
    private var roots: [String: Value] = [:]
    private(set) var hasQualifiedNames = false

    /// The time that `now()` gives; nil makes `now()` an error.
    public var now: Moment?
    /// What `succeeded()`, `failed()` and `always()` answer from; nil makes them errors.
    public var ancestors: AncestorOutcome?

    /// A scope without names.
    public init() {}

    /// A scope without names that has room for `count` of them.
    public init(expecting count: Int) { roots.reserveCapacity(count) }

    /// Reads or sets the value of a root such as `inputs` or `steps`; nil removes it.
    public subscript(root: String) -> JSON? {
        get { roots[root].flatMap { value in try? value.json(limits: .standard) } }
        set { self[value: root] = newValue.map { Value($0) } }
    }

    /// Reads or sets a name that stands for a CEL value JSON has no form for. A name with dots is a qualified name:
    /// it is tried before the names it begins with.
    public subscript(value name: String) -> Value? {
        get { roots[name] }
        set {
            roots[name] = newValue
            if name.utf8.contains(UInt8(ascii: ".")) { hasQualifiedNames = true }
        }
    }

    /// The names that mean something, sorted.
    public var names: [String] { roots.keys.sorted() }
}

/// What became of all ancestors of a step.
public struct AncestorOutcome: Sendable, Hashable {
    /// True when none of them failed unhandled; `succeeded()`.
    public var allSucceeded: Bool
    /// True when at least one failed unhandled; `failed()`.
    public var anyFailed: Bool

    /// An outcome with both answers.
    public init(allSucceeded: Bool, anyFailed: Bool) {
        self.allSucceeded = allSucceeded
        self.anyFailed = anyFailed
    }
}
