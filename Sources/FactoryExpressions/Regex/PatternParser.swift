/// Parses the syntax of RE2.
struct PatternParser {
    static let depthLimit = 64
    static let repetitionLimit = 1000

    struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var dotMatchesLineEnd = false
        var isLazy = false
    }

    var scalars: [Unicode.Scalar]
    var position = 0
    var flags = Flags()
    private(set) var groupNames: [String?] = []
    private var depth = 0
    /// Unicode classes made so far: each costs too much to be made twice.
    var unicodeClasses: [String: ScalarSet] = [:]

    init(_ source: String) { scalars = Array(source.unicodeScalars) }

    mutating func parse() throws(PatternError) -> PatternTree {
        let tree = try parseAlternatives()
        guard position == scalars.count else { throw PatternError("a ) closes nothing in the pattern") }
        return tree
    }

    private mutating func parseAlternatives() throws(PatternError) -> PatternTree {
        depth += 1
        guard depth <= Self.depthLimit else {
            throw PatternError("groups are nested deeper than \(Self.depthLimit) levels in the pattern")
        }
        defer { depth -= 1 }
        var alternatives = [try parseSequence()]
        while skip("|") { alternatives.append(try parseSequence()) }
        return alternatives.count == 1 ? alternatives[0] : .alternatives(alternatives)
    }

    private mutating func parseSequence() throws(PatternError) -> PatternTree {
        var items: [PatternTree] = []
        while let next = peek(), next != "|", next != ")" {
            guard let item = try parseItem() else { continue }
            items.append(try parseRepetition(of: item))
        }
        return items.count == 1 ? items[0] : items.isEmpty ? .empty : .sequence(items)
    }

    /// Parses one item; nil for what only changes flags.
    private mutating func parseItem() throws(PatternError) -> PatternTree? {
        let scalar = scalars[position]
        position += 1
        switch scalar {
        case ".": return .set(flags.dotMatchesLineEnd ? .anything : .anythingButLineEnd)
        case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
        case "[": return .set(try parseClass())
        case "(": return try parseGroup()
        case "\\": return try parseEscapedItem()
        case "*", "+", "?":
            throw PatternError("\(scalar) has nothing before it to repeat in the pattern")
        default: return literal(scalar)
        }
    }

    private func literal(_ scalar: Unicode.Scalar) -> PatternTree {
        let set = ScalarSet(scalar)
        return .set(flags.ignoresCase ? set.foldingCase : set)
    }

    private mutating func parseGroup() throws(PatternError) -> PatternTree? {
        let outer = flags
        guard skip("?") else { return try parseGroupBody(name: nil, flags: outer) }
        if skip("P") || peek() == "<" {
            guard skip("<") else {
                throw PatternError("a named group is written (?P<name>…) in a pattern")
            }
            if peek() == "=" || peek() == "!" { throw Self.lookaround }
            return try parseGroupBody(name: try readName(), flags: outer)
        }
        if peek() == "=" || peek() == "!" { throw Self.lookaround }
        var isOn = true
        while let scalar = peek() {
            position += 1
            switch scalar {
            case "i": flags.ignoresCase = isOn
            case "m": flags.isMultiline = isOn
            case "s": flags.dotMatchesLineEnd = isOn
            case "U": flags.isLazy = isOn
            case "-": isOn = false
            case ")": return nil
            case ":":
                let body = try parseAlternatives()
                guard skip(")") else { throw Self.openGroup }
                flags = outer
                return body
            default: throw PatternError("(?\(scalar) is no group or flag of a pattern")
            }
        }
        throw Self.openGroup
    }

    private mutating func parseGroupBody(name: String?, flags outer: Flags) throws(PatternError)
        -> PatternTree
    {
        groupNames.append(name)
        let number = groupNames.count
        let body = try parseAlternatives()
        guard skip(")") else { throw Self.openGroup }
        flags = outer
        return .group(body, number: number)
    }

    private mutating func readName() throws(PatternError) -> String {
        var name = ""
        while let scalar = peek(), scalar != ">" {
            name.unicodeScalars.append(scalar)
            position += 1
        }
        guard skip(">"), !name.isEmpty, name.utf8.allSatisfy(\.isWordByte) else {
            throw PatternError("the name of a group consists of letters, digits and _ in a pattern")
        }
        guard !groupNames.contains(name) else {
            throw PatternError("two groups of the pattern are named \(name)")
        }
        return name
    }

    private mutating func parseRepetition(of item: PatternTree) throws(PatternError) -> PatternTree {
        guard let bounds = try readBounds() else { return item }
        let isLazy = skip("?")
        if try readBounds() != nil {
            throw PatternError(
                "two repetitions follow each other in the pattern", hint: "(?:…) keeps them apart")
        }
        return .repeated(item, min: bounds.min, max: bounds.max, isGreedy: isLazy == flags.isLazy)
    }

    private mutating func readBounds() throws(PatternError) -> (min: Int, max: Int?)? {
        if skip("*") { return (0, nil) }
        if skip("+") { return (1, nil) }
        if skip("?") { return (0, 1) }
        guard peek() == "{" else { return nil }
        let start = position
        position += 1
        // A brace that begins no count is a brace.
        guard let min = readNumber() else {
            position = start
            return nil
        }
        var max: Int? = min
        if skip(",") { max = peek() == "}" ? nil : readNumber() }
        guard skip("}") else {
            position = start
            return nil
        }
        guard min <= Self.repetitionLimit, max ?? 0 <= Self.repetitionLimit else {
            throw PatternError("a count above \(Self.repetitionLimit) stands in the pattern")
        }
        if let max, max < min { throw PatternError("{\(min),\(max)} counts down in the pattern") }
        return (min, max)
    }

    private mutating func readNumber() -> Int? {
        var digits = ""
        while let scalar = peek(), ("0"..."9").contains(scalar), digits.utf8.count < 6 {
            digits.unicodeScalars.append(scalar)
            position += 1
        }
        return Int(digits)
    }

    func peek() -> Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == scalar else { return false }
        position += 1
        return true
    }

    private static let lookaround = PatternError(
        "look-around such as (?=…) does not exist in patterns",
        hint: "patterns match in linear time; test with a second pattern instead")
    private static let openGroup = PatternError("a group of the pattern is not closed with )")
}
