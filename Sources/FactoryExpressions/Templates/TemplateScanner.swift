/// Cuts a template into text and the beginnings of tags, and knows where whitespace is trimmed.
struct TemplateScanner {
    enum Piece: Equatable {
        case text(Range<Int>)
        /// `{{` or `{%`; what follows is read by the parser of the tag.
        case output(from: Int)
        case tag(from: Int)
        case end
    }

    let source: [UInt8]
    var position = 0
    /// True where the last tag ended with a minus sign, which takes the whitespace after it.
    private var trimsNext = false

    init(_ source: [UInt8]) { self.source = source }

    /// The next text or tag. Comments are skipped; the position is then after the opening braces and their minus sign.
    mutating func next() throws(Failure) -> Piece {
        while position < source.count {
            let start = position
            let opening = nextOpening(from: position)
            if opening > start || trimsNext {
                let end = trimmedEnd(of: start..<opening)
                let from = trimsNext ? skipWhitespace(from: start, to: end) : start
                trimsNext = false
                position = opening
                if from < end { return .text(from..<end) }
                if opening > start { continue }
            }
            guard opening < source.count else { break }
            if source[opening + 1] == UInt8(ascii: "#") {
                try skipComment(from: opening)
                continue
            }
            position = opening + 2
            if peek() == UInt8(ascii: "-") { position += 1 }
            return source[opening + 1] == UInt8(ascii: "{") ? .output(from: opening) : .tag(from: opening)
        }
        return .end
    }

    /// Ends the tag that began at `start`: the closing braces must stand at the current position.
    mutating func close(_ closing: UInt8, of start: Int) throws(Failure) {
        while let byte = peek(), byte.isBlank { position += 1 }
        let trims = peek() == UInt8(ascii: "-")
        if trims { position += 1 }
        guard peek() == closing, peek(1) == UInt8(ascii: "}") else {
            let mark = closing == UInt8(ascii: "}") ? "}}" : "%}"
            if position >= source.count {
                let opening = closing == UInt8(ascii: "}") ? "{{" : "{%"
                throw Failure(
                    .syntax, "\(opening) is not closed with \(mark)", at: Span(start, 2),
                    hint: .text("{% raw %}…{% endraw %} and {{ \"\(opening)\" }} write the braces themselves")
                )
            }
            throw Failure(.syntax, "something stands where \(mark) should", at: Span(position, 1))
        }
        position += 2
        trimsNext = trims
    }

    /// Reads the text up to `{% endraw %}`; the position is after `{% raw %}`.
    mutating func readRaw(of start: Int) throws(Failure) -> Range<Int> {
        let from = trimsNext ? skipWhitespace(from: position, to: source.count) : position
        var place = position
        while place + 1 < source.count {
            guard source[place] == UInt8(ascii: "{"), source[place + 1] == UInt8(ascii: "%") else {
                place += 1
                continue
            }
            position = place + 2
            let trimsBefore = peek() == UInt8(ascii: "-")
            if trimsBefore { position += 1 }
            while let byte = peek(), byte.isBlank { position += 1 }
            if source[position...].starts(with: "endraw".utf8) {
                position += 6
                try close(UInt8(ascii: "%"), of: place)
                return from..<max(from, trimsBefore ? skipWhitespaceBack(from: place, to: from) : place)
            }
            place += 1
        }
        throw Failure(.syntax, "{% raw %} is not closed with {% endraw %}", at: Span(start, 2))
    }

    private mutating func skipComment(from start: Int) throws(Failure) {
        position = start + 2
        while position + 1 < source.count {
            if source[position] == UInt8(ascii: "#"), source[position + 1] == UInt8(ascii: "}") {
                trimsNext = source[position - 1] == UInt8(ascii: "-") && position > start + 2
                position += 2
                return
            }
            position += 1
        }
        throw Failure(.syntax, "{# is not closed with #}", at: Span(start, 2))
    }

    private func nextOpening(from start: Int) -> Int {
        var place = start
        while place + 1 < source.count {
            if source[place] == UInt8(ascii: "{") {
                switch source[place + 1] {
                case UInt8(ascii: "{"), UInt8(ascii: "%"), UInt8(ascii: "#"): return place
                default: break
                }
            }
            place += 1
        }
        return source.count
    }

    /// Where a text ends, without the whitespace that a minus sign after it takes.
    private func trimmedEnd(of text: Range<Int>) -> Int {
        guard text.upperBound + 2 < source.count, source[text.upperBound + 2] == UInt8(ascii: "-")
        else {
            return text.upperBound
        }
        return skipWhitespaceBack(from: text.upperBound, to: text.lowerBound)
    }

    private func skipWhitespace(from start: Int, to end: Int) -> Int {
        var place = start
        while place < end, source[place].isBlank { place += 1 }
        return place
    }

    private func skipWhitespaceBack(from end: Int, to start: Int) -> Int {
        var place = end
        while place > start, source[place - 1].isBlank { place -= 1 }
        return place
    }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < source.count ? source[position + ahead] : nil
    }
}

extension UInt8 {
    /// Space, tab or line end.
    var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
