/// A regular expression in RE2's syntax that matches in time linear in the text.
///
/// There is no backtracking, and so no back-references and no look-around. A text is matched code point by code point.
public struct Pattern: Sendable {
    /// The text it was parsed from.
    public let source: String
    /// The names of the groups, nil for those without one; the first is the whole match.
    public let groupNames: [String?]
    let program: PatternProgram

    /// Parses and compiles `source`.
    ///
    /// - Throws: ``PatternError`` for what is no pattern, and for one that compiles to more than 10,000 instructions.
    public init(_ source: String) throws(PatternError) {
        self.source = source
        var parser = PatternParser(source)
        let tree = try parser.parse()
        groupNames = [nil] + parser.groupNames
        program = try PatternProgram(tree, groupCount: groupNames.count)
    }

    /// A budget that is enough for the usual pattern on a few megabytes: 200 million steps, some seconds at most.
    public static let standardSteps = 200_000_000

    /// True when it matches somewhere in `text`. `steps` is what it may cost, and what is left of that afterwards.
    ///
    /// - Throws: ``PatternError`` when the steps run out.
    public func matches(_ text: String, steps: inout Int) throws(PatternError) -> Bool {
        var machine = PatternMachine(program, Array(text.utf8), capturing: false)
        return try machine.firstMatch(from: 0, steps: &steps) != nil
    }

    /// The matches in `text` from the left, without overlap, at most `limit` of them. `steps` is what it may cost, and
    /// what is left of that afterwards.
    ///
    /// - Throws: ``PatternError`` when the steps run out.
    public func allMatches(
        in text: String, limit: Int = .max, steps: inout Int
    ) throws(PatternError) -> [PatternMatch] {
        var machine = PatternMachine(program, Array(text.utf8), capturing: true)
        var matches: [PatternMatch] = []
        var position = 0
        while matches.count < limit, position <= text.utf8.count,
            let match = try machine.firstMatch(from: position, steps: &steps)
        {
            // Keeping a match costs as much as looking at some characters.
            steps -= PatternMatch.cost
            let range = match.range
            position = range.isEmpty ? machine.position(after: range.upperBound) : range.upperBound
            // Nothing right after a match is no further match.
            if range.isEmpty, matches.last?.range.upperBound == range.lowerBound { continue }
            matches.append(match)
        }
        return matches
    }
}

/// Where a pattern matched, in UTF-8 bytes of the text.
public struct PatternMatch: Sendable, Hashable {
    /// The groups; the first is the whole match, nil are groups that took no part.
    public let groups: [Range<Int>?]

    /// What one match costs beyond finding it, in steps of the pattern.
    static let cost = 32

    /// The whole match.
    public var range: Range<Int> { groups.first.flatMap { $0 } ?? 0..<0 }
}

/// Why a text is no pattern, or matching it takes too long.
public struct PatternError: Error, Sendable, Hashable {
    /// What is wrong, as a sentence without a full stop.
    public var message: String
    /// What to do about it, where something is known.
    public var hint: String?

    init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}
