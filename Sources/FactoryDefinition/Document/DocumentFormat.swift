/// How a document is written.
public enum DocumentFormat: Sendable {
    case yaml
    case json
    /// JSON when it begins with `{` and a quote and is well-formed JSON, YAML otherwise.
    case detect
}
