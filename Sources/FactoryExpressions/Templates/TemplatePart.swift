/// A piece of a compiled template.
indirect enum TemplatePart: Sendable {
    case text(String)
    /// `{{ … }}`
    case output(Program, Place)
    /// `{% if %}` and its branches in order, each with its parts; the one of `{% else %}` has no condition.
    case conditional([(condition: Program?, parts: [TemplatePart])])
    /// `{% for %}`
    case loop(Loop)

    /// Where the expression of a tag stands.
    struct Place: Sendable {
        /// What stands between the braces.
        var inner: Range<Int>
        /// True where the tag is the whole template.
        var isWhole: Bool
    }

    struct Loop: Sendable {
        var list: Program
        /// Where the element is kept; with two variables the index or key.
        var first: Int
        var second: Int?
        var parts: [TemplatePart]
    }
}
