/// Finds secret values in text and puts `[secret NAME]` in their place.
///
/// Looked for are the value itself, however its characters are escaped (URL, JSON, HTML, shell, also mixed and more than
/// once), its base64 and base64url at every alignment, and its hex in either case; base64 and hex also with line breaks.
/// Of a value of several lines each line is looked for too, and of one with blanks around it what stands between them.
/// Values shorter than ``minimumBytes`` are not looked for: they would match everywhere. Code that has a secret can
/// transform it further, so this is a net, not a wall.
public struct Redactor: Sendable {
    /// Values with fewer UTF-8 bytes than this are left alone.
    public static let minimumBytes = 6

    private struct Entry: Sendable {
        let needle: any Needle
        let replacement: [UInt8]
    }

    private let entries: [Entry]
    /// Places in `entries` by the byte that a needle may begin with.
    private let candidates: [[Int32]]

    /// A redactor for `secrets`, plain values by name.
    public init(secrets: [String: String]) {
        var names: [(piece: String, name: String)] = []
        var known: Set<String> = []
        for (name, value) in secrets.sorted(by: { $0.key < $1.key }) {
            for piece in Self.pieces(of: value) where known.insert(piece).inserted { names.append((piece, name)) }
        }
        var entries: [Entry] = []
        var candidates = [[Int32]](repeating: [], count: names.isEmpty ? 0 : 256)
        for (piece, name) in names {
            let replacement = Array("[secret \(name)]".utf8)
            let bytes = Array(piece.utf8)
            var needles: [any Needle] = [EscapedNeedle(piece), HexNeedle(bytes)]
            for alignment in 0..<3 { needles.append(Base64Needle(bytes, alignment: alignment)) }
            for needle in needles {
                for byte in Set(needle.firstBytes) { candidates[Int(byte)].append(Int32(entries.count)) }
                entries.append(Entry(needle: needle, replacement: replacement))
            }
        }
        self.entries = entries
        self.candidates = candidates
    }

    private static func pieces(of value: String) -> [String] {
        let lines = value.split(whereSeparator: \.isNewline).map(String.init)
        let pieces = ([value] + lines).flatMap { [$0, $0.trimmingBlanks()] }
        return pieces.filter { $0.utf8.count >= minimumBytes }
    }

    /// True when there is nothing to look for.
    public var isEmpty: Bool { entries.isEmpty }

    /// `text` with every form of every secret replaced.
    public func redact(_ text: String) -> String {
        guard !isEmpty else { return text }
        var covered = 0
        let (shown, _) = redact(Array(text.utf8), covered: &covered, isWhole: true)
        return shown.map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// Redacts as far as can be told what stands there.
    ///
    /// - Parameters:
    ///   - covered: how many of the first bytes belong to a secret that was found before; afterwards, how many of the
    ///     bytes that were not taken do.
    ///   - isWhole: true when nothing follows `bytes`.
    /// - Returns: the redacted bytes, nil when they are the bytes taken; and how many bytes they stand for.
    func redact(_ bytes: [UInt8], covered: inout Int, isWhole: Bool) -> (shown: [UInt8]?, taken: Int) {
        var shown: [UInt8]? = covered > 0 ? [] : nil
        var copied = covered
        var place = 0
        scan: while place < bytes.count {
            var found: (end: Int, replacement: [UInt8])?
            for index in candidates[Int(bytes[place])] {
                let entry = entries[Int(index)]
                let match = entry.needle.match(bytes, at: place)
                if match.isOpen, !isWhole { break scan }
                if let end = match.end, end > found?.end ?? 0 { found = (end, entry.replacement) }
            }
            if let found, found.end > covered {
                if place >= covered {
                    shown = shown ?? []
                    shown?.append(contentsOf: bytes[copied..<place])
                    shown?.append(contentsOf: found.replacement)
                }
                // Where two overlap, what either of them covers is left out.
                covered = found.end
                copied = covered
            }
            place += 1
        }
        if copied < place { shown?.append(contentsOf: bytes[copied..<place]) }
        covered = max(0, covered - place)
        return (shown, place)
    }
}

extension String {
    /// This text without blanks and line ends around it.
    fileprivate func trimmingBlanks() -> String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
