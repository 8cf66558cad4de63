/// Redacts text that comes in pieces: a secret cut in two by a piece's end is found all the same.
///
/// The tail that could still be the beginning of a secret is kept back until the next piece or ``finish()``.
public struct RedactingStream: Sendable {
    private let redactor: Redactor
    private var kept = ""

    /// A stream that redacts with `redactor`.
    public init(_ redactor: Redactor) { self.redactor = redactor }

    /// Takes the next piece and gives what can be shown now.
    public mutating func feed(_ piece: String) -> String {
        guard !redactor.isEmpty else { return piece }
        let text = redactor.redact(kept + piece)
        let keep = min(redactor.longestNeedle - 1, text.utf8.count)
        var cut = text.utf8.index(text.utf8.endIndex, offsetBy: -keep)
        while cut > text.startIndex, cut.samePosition(in: text) == nil { cut = text.utf8.index(before: cut) }
        kept = String(text[cut...])
        return String(text[..<cut])
    }

    /// Gives what was kept back; the stream is empty afterwards.
    public mutating func finish() -> String {
        defer { kept = "" }
        return redactor.redact(kept)
    }
}
