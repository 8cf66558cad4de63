import FactoryExpressions

/// A regular expression of a schema: it may match anywhere in the text.
struct SchemaPattern: Sendable {
    private let pattern: Pattern

    /// - Throws: what is wrong with `source`.
    init(_ source: String) throws(PatternError) {
        pattern = try Pattern(source)
    }

    /// Whether the pattern matches somewhere; nil when `text` takes more than `steps`, which are counted down.
    func matches(_ text: String, steps: inout Int) -> Bool? {
        try? pattern.matches(text, steps: &steps)
    }
}
