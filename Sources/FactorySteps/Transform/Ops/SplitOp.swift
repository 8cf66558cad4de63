import FactoryExpressions
import FactoryJSON

/// `split`: a text as a list of pieces.
struct SplitOp {
    private enum By: String { case lines, text, regex, tokens }

    private let by: By
    private let at: String?
    private let size: Int?
    private let overlap: Int

    init(_ argument: JSON) throws(OpFailure) {
        guard let by = argument["by"]?.stringValue.flatMap(By.init) else {
            throw .field("by", "is none of lines, text, regex, tokens")
        }
        self.by = by
        at = argument["at"]?.stringValue
        size = try Self.number(argument, "size")
        overlap = try Self.number(argument, "overlap") ?? 0
        if let size {
            guard size > 0 else { throw .field("size", "is 0, and a piece holds at least 1") }
            guard overlap < size else {
                throw .field("overlap", "is \(overlap), and has to be less than `size`, which is \(size)")
            }
        }
    }

    func apply(to value: JSON) throws(OpFailure) -> JSON {
        guard case .string(let text) = value else { throw .kind(value.kindName, wanted: "text") }
        switch by {
        case .lines: return .array(try lines(of: text))
        case .text: return .array(try separated(text))
        case .regex: return .array(try matched(text))
        case .tokens:
            guard let size else { throw .field("size", "is missing") }
            return .array(try TokenEstimate.pieces(of: text, size: size, overlap: overlap).map(JSON.string))
        }
    }

    private func lines(of text: String) throws(OpFailure) -> [JSON] {
        let lines = TextLines.split(text)
        guard let size else { return lines.map(JSON.string) }
        var pieces: [JSON] = []
        var room = Room()
        for window in Windows(count: lines.count, size: size, overlap: overlap) {
            try room.take(lines[window].reduce(0) { $0 + $1.utf8.count + 1 })
            pieces.append(.string(lines[window].joined(separator: "\n")))
        }
        return pieces
    }

    /// By bytes, so that no letter with an accent is torn from it by another spelling of the separator.
    private func separated(_ text: String) throws(OpFailure) -> [JSON] {
        guard let at, !at.isEmpty else { throw .field("at", "is empty") }
        let (bytes, mark) = (Array(text.utf8), Array(at.utf8))
        var pieces: [JSON] = []
        var start = 0
        var place = 0
        while place + mark.count <= bytes.count {
            if bytes[place] == mark[0], bytes[place..<place + mark.count].elementsEqual(mark) {
                pieces.append(.string(String(decoding: bytes[start..<place], as: UTF8.self)))
                place += mark.count
                start = place
            } else {
                place += 1
            }
        }
        return pieces + [.string(String(decoding: bytes[start...], as: UTF8.self))]
    }

    private func matched(_ text: String) throws(OpFailure) -> [JSON] {
        guard let at else { throw .field("at", "is missing") }
        let pattern = try Replacement.pattern(at, field: "at")
        var steps = Pattern.standardSteps
        let matches: [PatternMatch]
        do {
            matches = try pattern.allMatches(in: text, steps: &steps)
        } catch {
            throw .input(error.message, hint: error.hint)
        }
        let bytes = Array(text.utf8)
        var pieces: [JSON] = []
        var start = 0
        for match in matches {
            guard !match.range.isEmpty else {
                throw .field(
                    "at", "matches nothing at all, which is everywhere", hint: "let it match at least one character")
            }
            pieces.append(.string(String(decoding: bytes[start..<match.range.lowerBound], as: UTF8.self)))
            start = match.range.upperBound
        }
        return pieces + [.string(String(decoding: bytes[start...], as: UTF8.self))]
    }

    private static func number(_ argument: JSON, _ field: String) throws(OpFailure) -> Int? {
        guard let value = argument[field], !value.isNull else { return nil }
        guard let number = value.intValue, number >= 0 else {
            throw .field(field, "is \(value.serialized().prefix(60)), and an integer of at least 0 is wanted")
        }
        return Int(number)
    }
}

/// What all pieces together may hold: with an overlap they may be far more than the text.
private struct Room {
    private var bytes = ValueFormat.maximumBytes

    mutating func take(_ count: Int) throws(OpFailure) {
        bytes -= count
        guard bytes >= 0 else {
            throw .input(
                "the pieces together are larger than 16 MiB", hint: "take a smaller `overlap`, or split less text")
        }
    }
}

/// Ranges of `size` elements, each beginning `overlap` elements before the end of the one before; the last may be
/// shorter.
struct Windows: Sequence, IteratorProtocol {
    let count: Int
    let size: Int
    let overlap: Int
    private var start = 0

    init(count: Int, size: Int, overlap: Int) {
        (self.count, self.size, self.overlap) = (count, Swift.min(size, Swift.max(count, 1)), overlap)
        step = size - overlap
    }

    private let step: Int

    mutating func next() -> Range<Int>? {
        guard start < count else { return nil }
        let range = start..<Swift.min(start + size, count)
        // What the overlap alone would repeat is no window of its own.
        start = range.upperBound == count ? count : start + step
        return range
    }
}

/// How many tokens a text has, roughly: no model's own tokenizer, but near and on the high side for most.
///
/// A token is up to six letters or digits of ASCII in a row, one other printed character of ASCII, or one character
/// beyond ASCII. White space belongs to the token behind it.
enum TokenEstimate {
    /// `text` in pieces of at most `size` tokens; each begins with the last `overlap` tokens of the one before. Without
    /// overlap the pieces put together are the text.
    static func pieces(of text: String, size: Int, overlap: Int) throws(OpFailure) -> [String] {
        let bytes = Array(text.utf8)
        let ends = ends(in: bytes)
        var pieces: [String] = []
        var room = Room()
        for window in Windows(count: ends.count, size: size, overlap: overlap) {
            let start = window.lowerBound == 0 ? 0 : ends[window.lowerBound - 1]
            let end = ends[window.upperBound - 1]
            try room.take(end - start)
            pieces.append(String(decoding: bytes[start..<end], as: UTF8.self))
        }
        return pieces
    }

    /// Behind each token; space at the end of the text belongs to the last.
    private static func ends(in bytes: [UInt8]) -> [Int] {
        var ends: [Int] = []
        var place = 0
        while place < bytes.count {
            while place < bytes.count, isSpace(bytes[place]) { place += 1 }
            guard place < bytes.count else { break }
            if isWord(bytes[place]) {
                let start = place
                while place < bytes.count, place - start < 6, isWord(bytes[place]) { place += 1 }
            } else {
                place += 1
                while place < bytes.count, bytes[place] & 0xC0 == 0x80 { place += 1 }
            }
            ends.append(place)
        }
        guard !bytes.isEmpty else { return [] }
        if ends.isEmpty { ends.append(bytes.count) }
        ends[ends.count - 1] = bytes.count
        return ends
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
