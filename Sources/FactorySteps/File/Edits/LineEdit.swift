/// Whole lines that stand in a file exactly once, and the lines that take their place.
struct LineEdit: Equatable {
    var old: [String]
    var new: [String]
    /// The line, from 1, where `old` is said to begin; taken when it does, and then it may stand elsewhere too.
    var expectedLine: Int?
    /// How an error names it.
    var name: String

    /// Applies `edits` one after the other.
    ///
    /// Without old lines the new ones go behind the expected line, or into a file that is empty.
    /// - Throws: for lines that stand there not at all (with the nearest text and its line) or more than once.
    static func apply(_ edits: [LineEdit], to text: String) throws(EditError) -> String {
        var file = TextLines(text)
        var shift = 0
        for edit in edits {
            let place = try edit.place(in: file.lines, shift: shift)
            file.lines.replaceSubrange(place..<(place + edit.old.count), with: edit.new)
            shift += edit.new.count - edit.old.count
        }
        return file.text
    }

    private func place(in lines: [String], shift: Int) throws(EditError) -> Int {
        if old.isEmpty {
            if lines.isEmpty { return 0 }
            guard let expectedLine, (0...lines.count).contains(expectedLine + shift) else {
                throw EditError(
                    message: "\(name) has nothing to search for, and the file is not empty",
                    hint: "repeat the lines next to the change, so that its place can be found")
            }
            return expectedLine + shift
        }
        if let expectedLine, stands(at: expectedLine - 1 + shift, in: lines) { return expectedLine - 1 + shift }
        let last = lines.count - old.count
        let found = last < 0 ? [] : (0...last).lazy.filter { stands(at: $0, in: lines) }.prefix(6).map { $0 }
        guard let only = found.first else {
            throw EditError(
                message: "the lines of \(name) do not stand in the file", hint: NearestText(to: old, in: lines)?.hint)
        }
        guard found.count == 1 else {
            let places = found.map { String($0 + 1) }.joined(separator: ", ")
            throw EditError(
                message: "the lines of \(name) stand there more than once: at line \(places)"
                    + (found.count > 5 ? " …" : ""),
                hint: "repeat more lines around the change, so that they stand there once")
        }
        return only
    }

    private func stands(at place: Int, in lines: [String]) -> Bool {
        guard place >= 0, place + old.count <= lines.count else { return false }
        return old.indices.allSatisfy { lines[place + $0].hasSameBytes(as: old[$0]) }
    }
}
