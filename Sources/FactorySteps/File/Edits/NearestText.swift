/// The part of a file that looks most like some lines that are not there.
struct NearestText: Equatable {
    /// Most comparisons of two lines; beyond, only the beginning of the wanted lines is looked for.
    private static let maximumComparisons = 400_000
    /// Most lines that are shown.
    private static let shownLines = 8

    /// The line it begins at, from 1.
    let line: Int
    /// The lines.
    let lines: [String]

    /// nil when nothing in `file` has anything in common with `wanted`.
    init?(to wanted: [String], in file: [String]) {
        let wanted = wanted.drop { $0.isBlank }.prefix(while: { _ in true })
        let height = min(wanted.count, max(1, Self.maximumComparisons / max(1, file.count)), max(1, file.count))
        guard height > 0, !file.isEmpty else { return nil }
        let keys = wanted.prefix(height).map(Self.key)
        let fileKeys = file.map(Self.key)
        var best = (score: 0, place: 0)
        for place in 0...max(0, file.count - height) {
            var score = 0
            for (offset, key) in keys.enumerated() where place + offset < fileKeys.count {
                score += Self.likeness(key, fileKeys[place + offset])
            }
            if score > best.score { best = (score, place) }
        }
        guard best.score >= 40 * height else { return nil }
        line = best.place + 1
        lines = Array(file[best.place..<min(file.count, best.place + min(wanted.count, Self.shownLines))])
    }

    /// One sentence with the lines below it.
    var hint: String {
        "the nearest text begins at line \(line):\n" + lines.map { "  " + $0.shortened }.joined(separator: "\n")
    }

    /// A line without the space around it, at most 200 bytes.
    private static func key(_ line: String) -> [UInt8] {
        let space: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        var bytes = line.utf8.drop(while: space)
        while let last = bytes.last, space(last) { bytes = bytes.dropLast() }
        return Array(bytes.prefix(200))
    }

    /// 0 to 100: how much of the longer line both begin and end with.
    private static func likeness(_ left: [UInt8], _ right: [UInt8]) -> Int {
        if left == right { return left.isEmpty ? 10 : 100 }
        let (shorter, longer) = (min(left.count, right.count), max(left.count, right.count))
        var head = 0
        while head < shorter, left[head] == right[head] { head += 1 }
        var tail = 0
        while tail < shorter - head, left[left.count - 1 - tail] == right[right.count - 1 - tail] { tail += 1 }
        return 99 * (head + tail) / longer
    }
}

extension String {
    fileprivate var isBlank: Bool { utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }
    fileprivate var shortened: String { count > 160 ? String(prefix(160)) + "…" : self }
}
