import FactoryExpressions

/// Reads the hunks of a unified diff, as tolerant as it can be without guessing: line numbers may be wrong or absent,
/// because the lines themselves say where a hunk belongs; an empty line stands for an empty context line.
enum UnifiedHunks {
    /// The hunks of `answer` in order.
    /// - Throws: when there is none, or the diff changes more than one file.
    static func edits(in answer: String) throws(EditError) -> [LineEdit] {
        var edits: [LineEdit] = []
        var hunk: LineEdit?
        var files = 0
        let lines = body(of: answer)
        for (place, line) in lines.enumerated() {
            if isHeader(at: place, in: lines) {
                files += 1
                guard files == 1 else {
                    throw EditError(message: "the diff changes more than one file", hint: "give one diff for each file")
                }
                close(&hunk, into: &edits)
            } else if line.hasPrefix("@@") {
                close(&hunk, into: &edits)
                hunk = LineEdit(old: [], new: [], expectedLine: start(line), name: "hunk \(edits.count + 1)")
            } else if hunk != nil {
                try add(line, to: &hunk, at: place)
            }
        }
        close(&hunk, into: &edits)
        guard !edits.isEmpty else {
            throw EditError(
                message: "the text holds no hunk of a unified diff",
                hint: "a hunk begins with a line @@ -1,3 +1,4 @@; its lines begin with a space, - or +")
        }
        return edits
    }

    /// The only code block, or else the text as it is.
    private static func body(of answer: String) -> [String] {
        let blocks = CodeBlock.all(in: answer)
        return TextLines.split(blocks.count == 1 && !answer.hasPrefix("@@") ? blocks[0].code : answer)
    }

    /// `--- a/x` followed by `+++ b/x`; a removed line that begins with two dashes is no header.
    private static func isHeader(at place: Int, in lines: [String]) -> Bool {
        lines[place].hasPrefix("--- ") && place + 1 < lines.count && lines[place + 1].hasPrefix("+++ ")
    }

    private static func add(_ line: String, to hunk: inout LineEdit?, at place: Int) throws(EditError) {
        let rest = String(decoding: line.utf8.dropFirst(), as: UTF8.self)
        switch line.utf8.first {
        case UInt8(ascii: " "):
            hunk?.old.append(rest)
            hunk?.new.append(rest)
        case nil:
            hunk?.old.append("")
            hunk?.new.append("")
        case UInt8(ascii: "-"): hunk?.old.append(rest)
        case UInt8(ascii: "+"): hunk?.new.append(rest)
        case UInt8(ascii: "\\"): return
        case UInt8(ascii: "d") where line.hasPrefix("diff "), UInt8(ascii: "i") where line.hasPrefix("index "): return
        default:
            throw EditError(
                message: "line \(place + 1) of the diff begins with neither a space, - nor +",
                hint: "unchanged lines of a hunk begin with a space")
        }
    }

    /// Takes the hunk in; empty lines at its end are more likely the space below it than lines of the file.
    private static func close(_ hunk: inout LineEdit?, into edits: inout [LineEdit]) {
        guard var edit = hunk else { return }
        hunk = nil
        while edit.old.last == "", edit.new.last == "", edit.old.count > 1 {
            edit.old.removeLast()
            edit.new.removeLast()
        }
        edits.append(edit)
    }

    /// The first old line that `@@ -12,3 +12,4 @@` names.
    private static func start(_ header: String) -> Int? {
        guard let dash = header.firstIndex(of: "-") else { return nil }
        return Int(header[header.index(after: dash)...].prefix { $0.isASCII && $0.isNumber })
    }
}
