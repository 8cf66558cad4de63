public import FactoryJSON

/// One change of a document.
public enum DocumentEdit: Sendable, Hashable {
    /// Gives the place another value. A key that is not there yet is added behind the others of its mapping.
    case set(EditPath, JSON)
    /// Adds a key (before the key `before`, or last) or, where the path ends with an index, a list element at it.
    case add(EditPath, JSON, before: String? = nil)
    /// Removes a key or a list element, with the comment lines directly above it.
    case remove(EditPath)
    /// Adds a step at a place among the steps, from 0.
    case addStep(JSONObject, at: Int)
    /// Moves a step, with the comment lines directly above it, to a place among the other steps, from 0.
    case moveStep(String, to: Int)
    /// Deletes a step with the comment lines directly above it. What names the step keeps naming it.
    case deleteStep(String)
    /// Gives a step another id, wherever `needs`, branches, expressions and templates name it.
    case renameStep(String, to: String)
    /// Replaces bytes, by their places in the text as it is now: how every edit is undone.
    case replaceText([TextReplacement])
}

/// Bytes that take the place of others.
public struct TextReplacement: Sendable, Hashable {
    /// The bytes replaced, by their places in the text before.
    public var range: Range<Int>
    /// What stands there then.
    public var bytes: [UInt8]

    /// A replacement of `range` by `bytes`.
    public init(range: Range<Int>, bytes: [UInt8]) {
        self.range = range
        self.bytes = bytes
    }
}

/// Why a document could not be edited; it is unchanged.
public enum EditError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text is no YAML or JSON that is read: the first thing wrong.
    case unreadable(String, line: Int, column: Int)
    /// Nothing stands at this place.
    case notFound(String)
    /// The place, key or step id is taken.
    case exists(String)
    /// No step has this id.
    case unknownStep(String)
    /// The text is no step id.
    case invalidID(String)
    /// The value cannot be written: a number that is not finite, or nesting beyond the limits.
    case invalidValue(String)
    /// A list has no such place, or replacements overlap or lie outside the text.
    case outOfRange(String)
    /// An expression at this place names the step in a way that cannot be rewritten.
    case unrewritable(String)

    /// What is wrong and what to do, in a sentence.
    public var description: String {
        switch self {
        case .unreadable(let message, let line, let column):
            "the document cannot be edited before it can be read: line \(line), column \(column): \(message)"
        case .notFound(let place): "nothing stands at `\(place)`"
        case .exists(let name): "`\(name)` is there already; choose another name"
        case .unknownStep(let id): "no step has the id `\(id)`"
        case .invalidID(let id): "`\(id)` is no step id: lower-case letters, digits, `_` and `-`, a letter first"
        case .invalidValue(let place): "the value for `\(place)` cannot be written in a document"
        case .outOfRange(let place): "`\(place)` has no such place"
        case .unrewritable(let place): "the expression at `\(place)` names the step in a way that cannot be rewritten"
        }
    }
}
