/// A pattern over paths: `*` any part of one component, `?` one character of it, `**` any number of components.
///
/// `*.md` matches in the listed folder only, `**/*.md` in all below it too. Everything else stands for itself; a
/// leading dot is nothing special. Matching backtracks at most once per star, so it takes quadratic time at worst.
public struct PathPattern: Sendable, Hashable {
    /// The pattern as text.
    public let source: String
    private let components: [[Character]]

    /// Checks `source` by the rules of ``WorkspacePath``, stars and question marks being ordinary characters there.
    public init(_ source: String) throws(WorkspacePathError) {
        _ = try WorkspacePath(source)
        self.source = source
        components = source.split(separator: "/").map(Array.init)
    }

    /// True where the pattern reaches below the folder it starts in.
    public var isRecursive: Bool { components.count > 1 || components.first == ["*", "*"] }

    /// The folder that all matches stand in, by the components before the first star or question mark; nil when that
    /// is the folder the pattern starts in.
    var fixedFolder: String? {
        let fixed = components.dropLast().prefix { !$0.contains("*") && !$0.contains("?") }
        return fixed.isEmpty ? nil : fixed.map { String($0) }.joined(separator: "/")
    }

    /// True when the pattern matches the whole of `path`.
    public func matches(_ path: String) -> Bool {
        let parts = path.split(separator: "/").map(Array.init)
        return Self.match(parts, components, isStar: { $0 == ["*", "*"] }, equals: Self.matchesComponent)
    }

    private static func matchesComponent(_ text: [Character], _ pattern: [Character]) -> Bool {
        match(text, pattern, isStar: { $0 == "*" }, equals: { $1 == "?" || $0 == $1 })
    }

    /// The usual greedy match with one place to go back to: the last star.
    private static func match<Element>(
        _ text: [Element], _ pattern: [Element], isStar: (Element) -> Bool, equals: (Element, Element) -> Bool
    ) -> Bool {
        var (place, wanted) = (0, 0)
        var star: (pattern: Int, text: Int)?
        while place < text.count {
            if wanted < pattern.count, isStar(pattern[wanted]) {
                star = (wanted, place)
                wanted += 1
            } else if wanted < pattern.count, equals(text[place], pattern[wanted]) {
                place += 1
                wanted += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                place = last.text + 1
                wanted = last.pattern + 1
            } else {
                return false
            }
        }
        return pattern[wanted...].allSatisfy(isStar)
    }
}
