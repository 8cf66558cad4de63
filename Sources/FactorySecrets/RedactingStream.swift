/// Redacts text that comes in pieces: a secret cut in two by a piece's end is found all the same.
///
/// The tail that could still be the beginning of a secret is kept back until the next piece or ``finish()``.
public struct RedactingStream: Sendable {
    private let redactor: Redactor
    /// Bytes as they came: what a secret may begin in is not looked at before it can be told which secret that is.
    private var kept: [UInt8] = []

    /// A stream that redacts with `redactor`.
    public init(_ redactor: Redactor) { self.redactor = redactor }

    /// Takes the next piece and gives what can be shown now.
    public mutating func feed(_ piece: String) -> String {
        guard !redactor.isEmpty else { return piece }
        kept += piece.utf8
        return show(upTo: max(0, kept.count - redactor.longestNeedle + 1))
    }

    /// Gives what was kept back; the stream is empty afterwards.
    public mutating func finish() -> String { show(upTo: kept.count) }

    private mutating func show(upTo limit: Int) -> String {
        let (shown, taken) = redactor.redact(kept, upTo: limit)
        defer { kept.removeFirst(taken) }
        return String(decoding: shown ?? Array(kept[..<taken]), as: UTF8.self)
    }
}
