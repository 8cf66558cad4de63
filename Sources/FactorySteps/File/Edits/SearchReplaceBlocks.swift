/// Reads `<<<<<<< SEARCH` … `=======` … `>>>>>>> REPLACE` blocks. Text around the blocks, such as fences, a path or an
/// explanation, means nothing.
enum SearchReplaceBlocks {
    private enum Mark { case search, middle, replace }

    /// The blocks of `answer` in order.
    /// - Throws: when there is none, or one is not complete.
    static func edits(in answer: String) throws(EditError) -> [LineEdit] {
        var edits: [LineEdit] = []
        var old: [String] = []
        var new: [String] = []
        var part: Mark?
        for (place, line) in TextLines.split(answer).enumerated() {
            func stray(_ what: String) -> EditError {
                EditError(message: "line \(place + 1) of the text holds \(what) in the wrong place", hint: shape)
            }
            switch (part, mark(line)) {
            case (nil, .search?): (part, old, new) = (.search, [], [])
            case (nil, .replace?): throw stray(">>>>>>> REPLACE")
            case (nil, _): continue
            case (.search?, .middle?): part = .middle
            case (.search?, nil): old.append(line)
            case (.search?, .some): throw stray("a mark")
            case (_?, .replace?):
                edits.append(LineEdit(old: old, new: new, name: "block \(edits.count + 1)"))
                part = nil
            case (_?, .search?): throw stray("<<<<<<< SEARCH")
            case (_?, _): new.append(line)
            }
        }
        guard part == nil else { throw EditError(message: "the last block is not closed", hint: shape) }
        guard !edits.isEmpty else {
            throw EditError(message: "the text holds no block to search and replace", hint: shape)
        }
        return edits
    }

    private static let shape =
        "write <<<<<<< SEARCH, the lines as they are, =======, the lines as they shall be, >>>>>>> REPLACE"

    private static func mark(_ line: String) -> Mark? {
        let bytes = line.utf8
        func isMark(_ mark: Character, word: String) -> Bool {
            guard let byte = mark.asciiValue else { return false }
            let count = bytes.prefix { $0 == byte }.count
            let rest = String(decoding: bytes.dropFirst(count), as: UTF8.self).filter { $0 != " " && $0 != "\t" }
            return (5...9).contains(count) && rest.uppercased() == word
        }
        if isMark("<", word: "SEARCH") { return .search }
        if isMark("=", word: "") { return .middle }
        return isMark(">", word: "REPLACE") ? .replace : nil
    }
}
