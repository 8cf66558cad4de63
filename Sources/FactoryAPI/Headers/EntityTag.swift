/// The revision of a definition as HTTP speaks of it: `"7"`.
public struct EntityTag: Sendable, Hashable, CustomStringConvertible {
    /// What stands between the quotes.
    public let value: String

    /// A tag of `value`.
    public init(_ value: String) { self.value = value }
    /// The tag of a revision.
    public init(revision: Int64) { value = String(revision) }

    /// The form in a header.
    public var description: String { "\"\(value)\"" }
}

/// The condition of an `If-Match` or `If-None-Match` header.
public enum EntityTagCondition: Sendable, Hashable {
    /// `*`: whatever there is.
    case any
    /// One of these.
    case oneOf([String])

    /// Reads a header's value; weak tags never match strongly, so they are left out.
    public init(parsing text: String) {
        let parts = text.split(separator: ",").map { $0.trimmingBlanks() }
        if parts.contains("*") {
            self = .any
        } else {
            self = .oneOf(
                parts.compactMap { part in
                    guard part.count >= 2, part.hasPrefix("\""), part.hasSuffix("\"") else { return nil }
                    return String(part.dropFirst().dropLast())
                })
        }
    }

    /// Reads a header's value for weak comparison, as `If-None-Match` is: what was sent compressed is the same.
    public init(parsingWeakly text: String) {
        self.init(
            parsing: text.split(separator: ",").map { part in
                let part = part.trimmingBlanks()
                return part.hasPrefix("W/") ? String(part.dropFirst(2)) : part
            }.joined(separator: ","))
    }

    /// True when `tag` meets it.
    public func matches(_ tag: EntityTag) -> Bool {
        switch self {
        case .any: true
        case .oneOf(let values): values.contains(tag.value)
        }
    }
}

extension StringProtocol {
    /// This text without blanks and tabs at both ends.
    public func trimmingBlanks() -> String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let start = drop(while: isBlank)
        return String(start.reversed().drop(while: isBlank).reversed())
    }
}
