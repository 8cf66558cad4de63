/// A text as lines, with what is needed to put it together again: its line break and whether it ends with one.
struct TextLines: Equatable {
    /// The lines without their breaks.
    var lines: [String]
    /// CR LF where every break is one, LF otherwise; then a CR before a break belongs to its line.
    var lineBreak: String
    /// Whether a break follows the last line. True for an empty text, so that lines added to it end with one.
    var endsWithBreak: Bool

    /// Splits at bytes: in Swift CR LF is one character, which a split by characters would not find.
    init(_ text: String) {
        var parts = Array(text.utf8).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        endsWithBreak = parts.last?.isEmpty ?? true
        if endsWithBreak, !parts.isEmpty { parts.removeLast() }
        let ended = endsWithBreak ? parts[...] : parts.dropLast()
        let isWindows = !ended.isEmpty && ended.allSatisfy { $0.last == UInt8(ascii: "\r") }
        lineBreak = isWindows ? "\r\n" : "\n"
        lines = parts.enumerated().map { place, part in
            String(decoding: isWindows && place < ended.count ? part.dropLast() : part, as: UTF8.self)
        }
    }

    /// The text.
    var text: String {
        guard !lines.isEmpty else { return "" }
        return lines.joined(separator: lineBreak) + (endsWithBreak ? lineBreak : "")
    }

    /// The lines of `text`, whatever their breaks; none for an empty text.
    static func split(_ text: String) -> [String] {
        TextLines(text).lines.map {
            $0.utf8.last == UInt8(ascii: "\r") ? String(decoding: $0.utf8.dropLast(), as: UTF8.self) : $0
        }
    }
}

extension StringProtocol {
    /// True when both are the same bytes. Swift's `==` also equates different spellings of one letter.
    func hasSameBytes(as other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }
}
