/// Redacts text that comes in pieces: a secret cut in two, wherever, is found all the same.
///
/// Only what could still be the beginning of a secret is kept back, until the next piece or ``finish()``.
public struct RedactingStream: Sendable {
    private let redactor: Redactor
    /// Bytes as they came: what a secret may begin in is not looked at before it can be told which secret that is.
    private var kept: [UInt8] = []
    /// How many of them belong to a secret that was shown as found already.
    private var covered = 0

    /// A stream that redacts with `redactor`.
    public init(_ redactor: Redactor) { self.redactor = redactor }

    /// Takes the next piece and gives what can be shown now.
    public mutating func feed(_ piece: String) -> String {
        guard !redactor.isEmpty else { return piece }
        kept += piece.utf8
        return show(isWhole: false)
    }

    /// Gives what was kept back; the stream is empty afterwards.
    public mutating func finish() -> String { redactor.isEmpty ? "" : show(isWhole: true) }

    private mutating func show(isWhole: Bool) -> String {
        let (shown, taken) = redactor.redact(kept, covered: &covered, isWhole: isWhole)
        defer { kept.removeFirst(taken) }
        return String(decoding: shown ?? Array(kept[..<taken]), as: UTF8.self)
    }
}
