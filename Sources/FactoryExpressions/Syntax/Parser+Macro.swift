/// The macros that are called on a list, map or optional and bring variables of their own.
enum Macro: String, CaseIterable {
    case all, exists, existsOne, filter, map, optFlatMap, optMap, sortBy, transformList, transformMap
    case transformMapEntry
    case existsOneOld = "exists_one"

    static let names = allCases.map(\.rawValue)

    var comprehension: Comprehension.Kind? {
        switch self {
        case .all: .all
        case .exists: .exists
        case .existsOne, .existsOneOld: .existsOne
        case .filter: .filter
        case .map: .map
        case .sortBy: .sortBy
        case .transformList: .transformList
        case .transformMap: .transformMap
        case .transformMapEntry: .transformMapEntry
        case .optMap, .optFlatMap: nil
        }
    }

    /// Numbers of variables it can bring.
    var variables: ClosedRange<Int> {
        switch self {
        case .all, .exists, .existsOne, .existsOneOld: 1...2
        case .filter, .map, .sortBy, .optMap, .optFlatMap: 1...1
        case .transformList, .transformMap, .transformMapEntry: 2...2
        }
    }

    /// True where a condition may stand before the body.
    var takesCondition: Bool {
        switch self {
        case .map, .transformList, .transformMap, .transformMapEntry: true
        default: false
        }
    }

    /// How it is written, for a message.
    var usage: String {
        switch self {
        case .all, .exists, .existsOne, .existsOneOld: "x.\(rawValue)(item, condition)"
        case .filter: "x.filter(item, condition)"
        case .map: "x.map(item, value) or x.map(item, condition, value)"
        case .sortBy: "x.sortBy(item, key)"
        case .optMap, .optFlatMap: "x.\(rawValue)(item, value)"
        case .transformList, .transformMap, .transformMapEntry: "x.\(rawValue)(key, item, value)"
        }
    }
}

extension Parser {
    /// Parses the macro `name` where it is one; the opening parenthesis is the current token.
    mutating func parseMacro(_ name: String, at span: Span) throws(Failure) -> Node.Link.Kind? {
        guard let macro = Macro(rawValue: name) else { return nil }
        try expect(.openParenthesis, "after \(name)")
        var slots = [try parseVariable(of: macro)]
        try expect(.comma, "after the variable of \(name)")
        if macro.variables.upperBound == 2,
            try isVariableNext(required: macro.variables.lowerBound == 2)
        {
            slots.append(try parseVariable(of: macro))
            try expect(.comma, "after the variables of \(name)")
        }
        var parts = [try parseExpression()]
        if macro.takesCondition, try skip(.comma) { parts.append(try parseExpression()) }
        for _ in slots { removeLocal() }
        guard current.token == .symbol(.closeParenthesis) else {
            throw Failure(
                .wrongArguments, "\(name) is written \(macro.usage)",
                at: Span(from: span.offset, to: current.span.end))
        }
        try advance()
        guard let kind = macro.comprehension else {
            return .optionalMap(slot: slots[0], body: parts[0], isFlat: macro == .optFlatMap)
        }
        return .comprehension(
            Comprehension(
                kind: kind, first: slots[0], second: slots.count > 1 ? slots[1] : nil,
                condition: parts.count > 1 ? parts[0] : nil, body: parts[parts.count - 1]))
    }

    /// True where the next argument is the second variable: a plain name with a comma after it.
    private mutating func isVariableNext(required: Bool) throws(Failure) -> Bool {
        if required { return true }
        guard case .identifier = current.token else { return false }
        var ahead = lexer
        return try ahead.next().token == .symbol(.comma)
    }

    private mutating func parseVariable(of macro: Macro) throws(Failure) -> Int {
        guard case .identifier(let name) = current.token, !Self.reservedWords.contains(name) else {
            throw Failure(
                .wrongArguments, "\(macro.rawValue) needs the name of a variable here: \(macro.usage)",
                at: current.span)
        }
        try advance()
        return addLocal(name)
    }

    /// Parses `cel.bind(name, value, body)`; the opening parenthesis is the current token.
    mutating func parseBind(at span: Span) throws(Failure) -> Program.NodeID {
        try expect(.openParenthesis, "after cel.bind")
        guard case .identifier(let name) = current.token, !Self.reservedWords.contains(name) else {
            throw Failure(
                .wrongArguments,
                "cel.bind needs the name of a variable here: cel.bind(name, value, result)",
                at: current.span)
        }
        try advance()
        try expect(.comma, "after the variable of cel.bind")
        let value = try parseExpression()
        try expect(.comma, "after the value of cel.bind")
        let slot = addLocal(name)
        let body = try parseExpression()
        removeLocal()
        try expect(.closeParenthesis, "at the end of cel.bind")
        return add(.bind(slot: slot, value: value, body: body), from: span.offset)
    }
}
