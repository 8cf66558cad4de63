public import FactoryJSON

/// A document's text under edits that leave alone what they do not concern: bytes, comments, order and style.
///
/// Each edit is worked out on the text from the places of its values, and taken only when the text then reads as exactly
/// the document that the same edit of the values gives. Where a layout is too unusual for a small change, the smallest
/// enclosing value that can be written anew is. Takes YAML and JSON.
public struct DocumentEditor: Sendable {
    /// The document's values, in the order written.
    public private(set) var document: JSON
    private var source: SourceText
    private var root: Node
    private let format: DocumentFormat
    private let limits: NodeLimits
    private let mark: [UInt8]

    /// - Throws: ``EditError/unreadable(_:line:column:)`` for a text that is no YAML or JSON; a document that is read
    ///   but not valid can be edited.
    public init(
        _ text: [UInt8], as format: DocumentFormat = .detect, limits: NodeLimits = .document
    ) throws(EditError) {
        let json = format == .yaml ? nil : NodeReader(limits: limits).read(text, as: .json)
        let isJSON = format == .json || json?.1.root != nil
        let (source, reading) =
            if isJSON, let json { json } else { NodeReader(limits: limits).read(text, as: .yaml) }
        if let problem = reading.problems.first {
            let (line, column) = source.position(at: problem.offset)
            throw .unreadable(problem.message, line: line, column: column)
        }
        guard let root = reading.root else { throw .unreadable("there is no document", line: 1, column: 1) }
        mark = Array(text.dropLast(source.bytes.count))
        self.format = isJSON ? .json : .yaml
        self.limits = limits
        self.source = source
        self.root = root
        document = root.json
    }

    /// The text as it is now.
    public var text: [UInt8] { mark + source.bytes }

    /// Makes one change.
    /// - Returns: the edit that undoes it: the text then has the same bytes as before.
    /// - Throws: why it cannot be made; the text is then unchanged.
    @discardableResult public mutating func apply(_ edit: DocumentEdit) throws(EditError) -> DocumentEdit {
        if case .replaceText(let replacements) = edit { return try replace(replacements) }
        let goal = try TreeEdit.apply(edit, to: document)
        guard goal.isFinite else { throw .invalidValue(edit.place) }
        let written = goal.serialized()
        let layout = TextLayout(source: source, root: root, isJSON: format == .json)
        for plan in EditPlans(layout: layout, before: document, goal: goal).plans(for: edit) {
            guard let replacements = plan(), let next = reading(after: replacements),
                next.root.json.serialized() == written
            else { continue }
            return take(next, replacements)
        }
        throw .invalidValue(edit.place)
    }

    private mutating func replace(_ replacements: [TextReplacement]) throws(EditError) -> DocumentEdit {
        let sorted = replacements.sorted { $0.range.lowerBound < $1.range.lowerBound }
        let areApart = zip(sorted, sorted.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound }
        let areInside = sorted.allSatisfy { $0.range.lowerBound >= 0 && $0.range.upperBound <= source.bytes.count }
        guard areApart, areInside else { throw .outOfRange("the text") }
        guard let next = reading(after: replacements) else {
            throw .unreadable("the replacements leave no document that can be read", line: 1, column: 1)
        }
        return take(next, replacements)
    }

    private mutating func take(
        _ next: (source: SourceText, root: Node), _ replacements: [TextReplacement]
    ) -> DocumentEdit {
        var inverse: [TextReplacement] = []
        var shift = 0
        for replacement in TextReplacement.ordered(replacements) {
            let start = replacement.range.lowerBound + shift
            inverse.append(
                TextReplacement(
                    range: start..<(start + replacement.bytes.count), bytes: Array(source.bytes[replacement.range])))
            shift += replacement.bytes.count - replacement.range.count
        }
        (source, root) = next
        document = root.json
        return .replaceText(inverse)
    }

    private func reading(after replacements: [TextReplacement]) -> (source: SourceText, root: Node)? {
        var bytes: [UInt8] = []
        var place = 0
        for replacement in TextReplacement.ordered(replacements) {
            guard replacement.range.lowerBound >= place else { return nil }
            bytes += source.bytes[place..<replacement.range.lowerBound]
            bytes += replacement.bytes
            place = replacement.range.upperBound
        }
        bytes += source.bytes[place...]
        // The byte order mark is kept apart; a second one would be text.
        let (next, reading) = NodeReader(limits: limits).read(bytes, as: format)
        guard reading.problems.isEmpty, next.bytes.count == bytes.count, let root = reading.root else { return nil }
        return (next, root)
    }
}

extension TextReplacement {
    /// By place; those at one place in the order given, insertions first.
    static func ordered(_ replacements: [TextReplacement]) -> [TextReplacement] {
        replacements.enumerated().sorted {
            let (left, right) = ($0.element.range, $1.element.range)
            return (left.lowerBound, left.upperBound, $0.offset) < (right.lowerBound, right.upperBound, $1.offset)
        }.map(\.element)
    }
}

extension DocumentEdit {
    /// What is changed, as messages name it.
    var place: String {
        switch self {
        case .set(let path, _), .add(let path, _, _), .remove(let path): path.description
        case .addStep: "steps"
        case .moveStep(let id, _), .deleteStep(let id), .renameStep(let id, _): id
        case .replaceText: "the text"
        }
    }
}

extension JSON {
    /// True when it holds no number that JSON cannot write.
    fileprivate var isFinite: Bool {
        switch self {
        case .double(let value): value.isFinite
        case .array(let elements): elements.allSatisfy(\.isFinite)
        case .object(let members): members.values.allSatisfy(\.isFinite)
        default: true
        }
    }
}
