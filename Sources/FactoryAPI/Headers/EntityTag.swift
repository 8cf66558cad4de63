/// The revision of a definition as HTTP speaks of it: `"7"`.
public struct EntityTag: Sendable, Hashable, CustomStringConvertible {
    /// What is added to the tag of something that is sent compressed.
    public static let gzipMark = "-gzip"

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
                    let value = String(part.dropFirst().dropLast())
                    // It was read compressed: the same thing.
                    return value.hasSuffix(EntityTag.gzipMark)
                        ? String(value.dropLast(EntityTag.gzipMark.count)) : value
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

extension String {
    /// This text without blanks and tabs at both ends.
    public func trimmingBlanks() -> String { self[...].trimmingBlanks() }
}

// Not of every StringProtocol: each request trims, and what is generic is slow from another module.
extension Substring {
    /// This text without blanks and tabs at both ends.
    public func trimmingBlanks() -> String {
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var rest = utf8
        while let byte = rest.first, isBlank(byte) { rest.removeFirst() }
        while let byte = rest.last, isBlank(byte) { rest.removeLast() }
        return String(Substring(rest))
    }
}
