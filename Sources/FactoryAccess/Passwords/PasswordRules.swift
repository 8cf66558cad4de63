/// What a password must be: long enough that guessing is hopeless, and nothing else, because rules of composition make
/// passwords no better and people's lives worse.
public enum PasswordRules {
    /// Fewest bytes in UTF-8.
    public static let minBytes = 12
    /// Most bytes in UTF-8.
    public static let maxBytes = 256

    /// Why `password` is refused, as the end of a sentence; nil where it is taken.
    public static func refusal(_ password: String) -> String? {
        switch password.utf8.count {
        case ..<minBytes: "must have at least \(minBytes) bytes; a few words make a good one"
        case (maxBytes + 1)...: "must have at most \(maxBytes) bytes"
        default: nil
        }
    }
}
