/// What of their own the owner of a pipeline lets runs of somebody use that they share it with.
public enum ShareAllowance: String, Sendable, CaseIterable {
    /// Secrets and variables.
    case secrets
    /// Providers of models, with their keys, and aliases.
    case models

    /// As a column holds some of them: words with blanks between.
    public static func text(of allowances: Set<ShareAllowance>) -> String {
        allCases.filter(allowances.contains).map(\.rawValue).joined(separator: " ")
    }

    /// What ``text(of:)`` wrote.
    public static func set(in text: String) -> Set<ShareAllowance> {
        Set(text.split(separator: " ").compactMap { ShareAllowance(rawValue: String($0)) })
    }
}
