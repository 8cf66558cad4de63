/// A place in a document's values, as edits name it: keys and indexes from the top, `["steps", 0, "with", "prompt"]`.
public struct EditPath: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
    /// One step down.
    public enum Part: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
        /// Into the member of a mapping.
        case key(String)
        /// Into the element of a list, from 0.
        case index(Int)

        /// A key.
        public init(stringLiteral value: String) { self = .key(value) }
        /// An index.
        public init(integerLiteral value: Int) { self = .index(value) }
    }

    /// From the top down; empty for the document itself.
    public var parts: [Part]

    /// The place that `parts` lead to.
    public init(_ parts: [Part]) { self.parts = parts }
    /// The place that `elements` lead to.
    public init(arrayLiteral elements: Part...) { parts = elements }

    /// The place one step down.
    public func appending(_ part: Part) -> EditPath { EditPath(parts + [part]) }
    /// The place one step up; the document itself for the document.
    public var parent: EditPath { EditPath(Array(parts.dropLast())) }

    /// `steps[0].with.prompt`; keys that are no plain names are quoted.
    public var description: String {
        parts.reduce(into: DocumentPath.root) { path, part in
            switch part {
            case .key(let key): path.enter(.key(key))
            case .index(let index): path.enter(.index(index))
            }
        }.description
    }
}
