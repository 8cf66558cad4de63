/// The lines of a text.
enum TextLines {
    /// The lines without their ends (`\n` or `\r\n`); an end at the end of the text begins no further line.
    static func split(_ text: String) -> [String] {
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { line in
            Swift.String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        }
    }
}
