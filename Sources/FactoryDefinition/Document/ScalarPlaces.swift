import FactoryExpressions
import FactoryJSON

/// Finds the byte of a document that a place inside a scalar's value was written at.
///
/// Exact for plain and quoted text on one line without escapes and for literal blocks (`|`); the beginning of the
/// scalar for anything else, where value and source do not run in step.
struct ScalarPlaces {
    let source: SourceText

    func offset(of position: SourcePosition, in node: Node) -> Int {
        let start = node.range.lowerBound
        guard case .scalar(let value, let style) = node.content, let text = value.stringValue else { return start }
        switch style {
        case .plain:
            return written(node.range, is: text) ? start + position.offset : start
        case .singleQuoted, .doubleQuoted:
            let inside = (start + 1)..<max(start + 1, node.range.upperBound - 1)
            return written(inside, is: text) ? start + 1 + position.offset : start
        case .literal:
            return placeInBlock(position, text: text, start: start) ?? start
        case .folded:
            return start
        }
    }

    private func written(_ range: Range<Int>, is text: String) -> Bool {
        range.count == text.utf8.count && range.upperBound <= source.bytes.count
            && source.bytes[range].elementsEqual(text.utf8)
    }

    /// A literal block's lines are the source's lines behind the header, each indented by the same amount.
    private func placeInBlock(_ position: SourcePosition, text: String, start: Int) -> Int? {
        guard let indentation = indentation(of: text, header: start) else { return nil }
        let line = source.lineIndex(at: start) + position.line
        guard let lineStart = source.lineStart(line) else { return nil }
        return source.offset(lineStart, advancedByScalars: indentation + position.column - 1)
    }

    private func indentation(of text: String, header: Int) -> Int? {
        var line = source.lineIndex(at: header)
        for valueLine in text.split(separator: "\n", omittingEmptySubsequences: false) {
            line += 1
            guard let start = source.lineStart(line) else { return nil }
            if valueLine.isEmpty { continue }
            let written = source.bytes[start...].prefix { $0 == 0x20 }.count
            return written - valueLine.utf8.prefix { $0 == 0x20 }.count
        }
        return nil
    }
}
