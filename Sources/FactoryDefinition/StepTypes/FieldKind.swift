/// When and how a field's text is given its meaning (`x-kind` in the JSON Schema).
public enum FieldKind: String, Sendable, CaseIterable {
    /// It means what is written, and is never rendered: choices, structure and code.
    case `static`
    /// Bare CEL.
    case expression
    /// Text with `{{ … }}`, rendered before the executor starts.
    case template
    /// Text with `{{ … }}` that the executor renders itself, with more names in scope.
    case deferredTemplate = "deferred_template"
}
