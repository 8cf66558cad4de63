/// A place among the events of a run: what a reader has been given, and from where it goes on.
///
/// The text form is the `id` of server-sent events. `17` stands after the stored event 17, `17.204` after the 204th
/// passing event since. Where attempts are in the middle of writing text, what of it has been given follows:
/// `17.204~12t3401` says 3,401 bytes of the model text of the attempt that event 12 started. With that a reader goes on
/// exactly where it stopped, whatever happened meanwhile to the memory of whoever served it.
public struct EventPosition: Sendable, Hashable {
    /// Number of the last stored event given; 0 before the first.
    public var sequence: Int64
    /// Passing events given since.
    public var passing: Int64
    /// How far the text of attempts that are still running has been given, by attempt and stream.
    public private(set) var marks: [TextMark]

    /// Before the first event of a run.
    public static let start = EventPosition(sequence: 0)

    /// Marks in the text form at the most: a reader that comes back is given texts beyond it from their beginning, with
    /// their offsets.
    public static let markLimit = 64

    /// After the stored event `sequence` and `passing` passing ones.
    public init(sequence: Int64, passing: Int64 = 0, marks: [TextMark] = []) {
        self.sequence = sequence
        self.passing = passing
        self.marks = marks
    }

    /// How many bytes of a text have been given.
    func offset(attempt: Int64, _ stream: LogStream) -> Int64 {
        marks.first { $0.attempt == attempt && $0.stream == stream }?.offset ?? 0
    }

    /// Notes that a text has been given up to `offset`.
    mutating func give(attempt: Int64, _ stream: LogStream, upTo offset: Int64) {
        let mark = TextMark(attempt: attempt, stream: stream, offset: offset)
        if let place = marks.firstIndex(where: { $0.attempt == attempt && $0.stream == stream }) {
            marks[place] = mark
        } else {
            marks.insert(mark, at: marks.firstIndex { mark < $0 } ?? marks.endIndex)
        }
    }

    /// Notes that an attempt has ended and all of its text been given.
    mutating func close(attempt: Int64) { marks.removeAll { $0.attempt == attempt } }
}

/// How far one text of a running attempt has been given.
public struct TextMark: Sendable, Hashable, Comparable {
    /// Number of the stored event that started the attempt.
    public var attempt: Int64
    /// Which of its texts.
    public var stream: LogStream
    /// UTF-8 bytes of it that have been given.
    public var offset: Int64

    /// A mark of these values.
    public init(attempt: Int64, stream: LogStream, offset: Int64) {
        self.attempt = attempt
        self.stream = stream
        self.offset = offset
    }

    /// Orders marks by attempt, then by stream.
    public static func < (left: TextMark, right: TextMark) -> Bool {
        (left.attempt, left.stream.letter) < (right.attempt, right.stream.letter)
    }
}

extension EventPosition: CustomStringConvertible {
    /// The text form.
    public var description: String {
        var text = String(sequence)
        if passing > 0 { text += ".\(passing)" }
        for mark in marks.prefix(Self.markLimit) { text += "~\(mark.attempt)\(mark.stream.letter)\(mark.offset)" }
        return text
    }

    /// Reads the text form and nothing else: no signs, spaces or leading zeros, marks in order.
    public init?(parsing text: some StringProtocol) {
        guard text.utf8.count <= 2_048 else { return nil }
        let parts = text.split(separator: "~", omittingEmptySubsequences: false)
        let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count <= 2, let sequence = Self.number(numbers[0]) else { return nil }
        var passing: Int64 = 0
        if numbers.count == 2 {
            guard let number = Self.number(numbers[1]), number > 0 else { return nil }
            passing = number
        }
        var marks: [TextMark] = []
        for part in parts.dropFirst() {
            guard let mark = Self.mark(part), mark.attempt <= sequence, marks.last.map({ $0 < mark }) ?? true else {
                return nil
            }
            marks.append(mark)
        }
        guard marks.count <= Self.markLimit else { return nil }
        self.init(sequence: sequence, passing: passing, marks: marks)
    }

    private static func mark(_ text: some StringProtocol) -> TextMark? {
        guard let place = text.firstIndex(where: { !("0"..."9").contains($0) }),
            let stream = LogStream.allCases.first(where: { $0.letter == text[place] }),
            let attempt = number(text[..<place]), attempt > 0,
            let offset = number(text[text.index(after: place)...]), offset > 0
        else { return nil }
        return TextMark(attempt: attempt, stream: stream, offset: offset)
    }

    private static func number(_ text: some StringProtocol) -> Int64? {
        guard let first = text.utf8.first, (1...18).contains(text.utf8.count),
            first != UInt8(ascii: "0") || text.utf8.count == 1,
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int64(text)
    }
}

extension LogStream {
    /// How a position names the stream.
    fileprivate var letter: Character {
        switch self {
        case .stdout: "o"
        case .stderr: "e"
        case .text: "t"
        }
    }
}
