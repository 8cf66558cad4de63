/// How long a client would wait for the end of what it starts: `Prefer: wait=30` (RFC 7240).
public enum WaitPreference {
    /// Longest wait that is granted: 60 s.
    public static let longestSeconds = 60

    /// The seconds asked for, at most ``longestSeconds``; nil where nothing valid is asked for.
    public static func seconds(_ header: String?) -> Int? {
        for part in (header ?? "").split(whereSeparator: { $0 == "," || $0 == ";" }) {
            let text = part.trimmingBlanks().lowercased()
            guard text.hasPrefix("wait"), let sign = text.firstIndex(of: "=") else { continue }
            guard text[..<sign].trimmingBlanks() == "wait" else { continue }
            guard let seconds = Int(text[text.index(after: sign)...].trimmingBlanks()), seconds >= 0 else { continue }
            return min(seconds, longestSeconds)
        }
        return nil
    }
}
