/// Two texts as a unified diff, the form of `diff -u` that patch tools read.
public enum UnifiedDiff {
    /// The difference from `old` to `new`; empty when they are equal.
    ///
    /// A last line without a newline is marked `\ No newline at end of file`, as patch tools expect it.
    /// - Parameters:
    ///   - oldName: stands behind `---`; `/dev/null` for a new file.
    ///   - newName: stands behind `+++`; `/dev/null` for a deleted file.
    ///   - context: unchanged lines shown around each change.
    public static func text(
        from old: String, to new: String, oldName: String, newName: String, context: Int = 3
    ) -> String {
        let (oldLines, newLines) = (lines(of: old), lines(of: new))
        var numbers: [[UInt8]: Int] = [:]
        // By bytes: two spellings of one letter are equal as strings and yet a difference between files.
        func number(_ line: Substring) -> Int {
            let bytes = Array(line.utf8)
            if let known = numbers[bytes] { return known }
            numbers[bytes] = numbers.count
            return numbers.count - 1
        }
        let steps = LineDiff(old: oldLines.map(number), new: newLines.map(number)).steps
        let hunks = hunks(in: steps, context: context)
        guard !hunks.isEmpty else { return "" }
        var text = "--- \(oldName)\n+++ \(newName)\n"
        for hunk in hunks { text += self.text(of: steps[hunk], at: starts(of: hunk, in: steps), oldLines, newLines) }
        return text
    }

    /// Lines with their newline, so that a missing last one is a difference. Split at U+000A alone: in Swift `\r\n` is
    /// one character, which a split by characters would not find.
    private static func lines(of text: String) -> [Substring] {
        var lines: [Substring] = []
        var rest = text[...]
        while let newline = rest.utf8.firstIndex(of: UInt8(ascii: "\n")) {
            let next = rest.utf8.index(after: newline)
            lines.append(rest[..<next])
            rest = rest[next...]
        }
        if !rest.isEmpty { lines.append(rest) }
        return lines
    }

    private static func isKept(_ step: LineDiff.Step) -> Bool { if case .keep = step { true } else { false } }

    /// Ranges of steps around the changes; ranges that touch are one.
    private static func hunks(in steps: [LineDiff.Step], context: Int) -> [Range<Int>] {
        var hunks: [Range<Int>] = []
        for place in steps.indices where !isKept(steps[place]) {
            let range = max(0, place - context)..<min(steps.count, place + context + 1)
            if let last = hunks.last, range.lowerBound <= last.upperBound {
                hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
            } else {
                hunks.append(range)
            }
        }
        return hunks
    }

    /// Lines of the old and of the new text that stand before the hunk.
    private static func starts(of hunk: Range<Int>, in steps: [LineDiff.Step]) -> (old: Int, new: Int) {
        var (old, new) = (0, 0)
        for step in steps[..<hunk.lowerBound] {
            switch step {
            case .keep: (old, new) = (old + 1, new + 1)
            case .remove: old += 1
            case .insert: new += 1
            }
        }
        return (old, new)
    }

    private static func text(
        of steps: ArraySlice<LineDiff.Step>, at starts: (old: Int, new: Int), _ old: [Substring], _ new: [Substring]
    ) -> String {
        var (oldCount, newCount) = (0, 0)
        var body = ""
        func add(_ mark: Character, _ line: Substring) {
            body.append(mark)
            body += line
            if line.utf8.last != UInt8(ascii: "\n") { body += "\n\\ No newline at end of file\n" }
        }
        for step in steps {
            switch step {
            case .keep(let place, _):
                (oldCount, newCount) = (oldCount + 1, newCount + 1)
                add(" ", old[place])
            case .remove(let place):
                oldCount += 1
                add("-", old[place])
            case .insert(let place):
                newCount += 1
                add("+", new[place])
            }
        }
        func range(_ start: Int, _ count: Int) -> String {
            let first = count == 0 ? start : start + 1
            return count == 1 ? "\(first)" : "\(first),\(count)"
        }
        return "@@ -\(range(starts.old, oldCount)) +\(range(starts.new, newCount)) @@\n\(body)"
    }
}
