/// A recursive-descent parser that compiles an expression into a ``Program``.
///
/// It recurses once per bracket, at most ``depthLimit`` deep; operators and selections are loops.
struct Parser {
    /// How deep brackets may stand inside each other. A release build parses and evaluates 64 levels on a stack of
    /// 512 KiB whatever stands in the brackets; a test holds that.
    static let depthLimit = 64
    /// How many nodes an expression may have.
    static let nodeLimit = 100_000

    var lexer: Lexer
    var program = Program()
    private(set) var current: (token: Token, span: Span) = (.end, Span(0, 0))
    private(set) var previousEnd = 0
    private var depth = 0
    /// The macro variables that are visible, innermost last; the place is the slot.
    private var locals: [String]
    /// The first function that does not exist, or is called in a way that does not.
    private(set) var firstUnknownCall: Failure?

    /// A parser at the start of `lexer`, in which `locals` are visible already.
    init(_ lexer: Lexer, locals: [String] = []) throws(Failure) {
        self.lexer = lexer
        self.locals = locals
        program.localCount = locals.count
        current = try self.lexer.next()
    }

    /// Parses one expression up to the first token that cannot belong to it.
    mutating func parseExpression() throws(Failure) -> Program.NodeID {
        depth += 1
        guard depth <= Self.depthLimit else {
            throw Failure(
                .tooDeep, "brackets are nested deeper than \(Self.depthLimit) levels", at: current.span)
        }
        defer { depth -= 1 }
        let condition = try parseOr()
        guard try skip(.question) else { return condition }
        let start = program.spans[condition].offset
        // The parts of a ? b : c ? d : e nest to the right, so each counts as one level.
        let then = try parseOr()
        try expect(.colon, "between the two values of ? :")
        let otherwise = try parseExpression()
        return add(.conditional(condition, then: then, otherwise: otherwise), from: start)
    }

    private mutating func parseOr() throws(Failure) -> Program.NodeID {
        let first = try parseAnd()
        guard current.token == .symbol(.or) else { return first }
        var operands = [first]
        while try skip(.or) { operands.append(try parseAnd()) }
        return add(.or(operands), from: program.spans[first].offset)
    }

    private mutating func parseAnd() throws(Failure) -> Program.NodeID {
        let first = try parseRelation()
        guard current.token == .symbol(.and) else { return first }
        var operands = [first]
        while try skip(.and) { operands.append(try parseRelation()) }
        return add(.and(operands), from: program.spans[first].offset)
    }

    private mutating func parseRelation() throws(Failure) -> Program.NodeID {
        let first = try parseSum()
        var rest: [Node.Operation<RelationOperator>] = []
        while let relation = relationOperator {
            let span = current.span
            try advance()
            rest.append(Node.Operation(operator: relation, operand: try parseSum(), span: span))
        }
        return rest.isEmpty ? first : add(.relation(first, rest), from: program.spans[first].offset)
    }

    private var relationOperator: RelationOperator? {
        switch current.token {
        case .symbol(let symbol): RelationOperator(rawValue: symbol.rawValue)
        case .identifier("in"): .contained
        default: nil
        }
    }

    private mutating func parseSum() throws(Failure) -> Program.NodeID {
        let first = try parseProduct()
        var rest: [Node.Operation<ArithmeticOperator>] = []
        while current.token == .symbol(.plus) || current.token == .symbol(.minus) {
            let operation: ArithmeticOperator = current.token == .symbol(.plus) ? .add : .subtract
            let span = current.span
            try advance()
            rest.append(Node.Operation(operator: operation, operand: try parseProduct(), span: span))
        }
        return rest.isEmpty ? first : add(.arithmetic(first, rest), from: program.spans[first].offset)
    }

    private mutating func parseProduct() throws(Failure) -> Program.NodeID {
        let first = try parseUnary()
        var rest: [Node.Operation<ArithmeticOperator>] = []
        while let operation = productOperator {
            let span = current.span
            try advance()
            rest.append(Node.Operation(operator: operation, operand: try parseUnary(), span: span))
        }
        return rest.isEmpty ? first : add(.arithmetic(first, rest), from: program.spans[first].offset)
    }

    private var productOperator: ArithmeticOperator? {
        switch current.token {
        case .symbol(.times): .multiply
        case .symbol(.dividedBy): .divide
        case .symbol(.modulo): .remainder
        default: nil
        }
    }

    private mutating func parseUnary() throws(Failure) -> Program.NodeID {
        let start = current.span.offset
        var count = 0
        let sign = current.token
        guard sign == .symbol(.not) || sign == .symbol(.minus) else { return try parseMember() }
        while current.token == sign {
            count += 1
            try advance()
        }
        var operand: Program.NodeID
        if sign == .symbol(.minus), let literal = try takeNegativeLiteral(from: start) {
            operand = try parseLinks(of: literal, from: start)
            count -= 1
        } else {
            operand = try parseMember()
        }
        // A pair of signs cancels out; what is left keeps the check of the operand's type.
        for _ in 0..<(count <= 2 ? count : 2 - count % 2) {
            operand = add(sign == .symbol(.not) ? .not(operand) : .negate(operand), from: start)
        }
        return operand
    }

    /// The minus sign belongs to the number: it makes the smallest int writable, and `-1.f()` is `(-1).f()`.
    private mutating func takeNegativeLiteral(from start: Int) throws(Failure) -> Program.NodeID? {
        switch current.token {
        case .int(let magnitude) where magnitude <= 1 << 63:
            try advance()
            return add(.constant(.int(Int64(truncatingIfNeeded: 0 &- magnitude))), from: start)
        case .double(let number):
            try advance()
            return add(.constant(.double(-number)), from: start)
        default: return nil
        }
    }
}

extension Parser {
    mutating func advance() throws(Failure) {
        previousEnd = current.span.end
        current = try lexer.next()
    }

    mutating func skip(_ symbol: Token.Symbol) throws(Failure) -> Bool {
        guard current.token == .symbol(symbol) else { return false }
        try advance()
        return true
    }

    mutating func expect(_ symbol: Token.Symbol, _ place: String) throws(Failure) {
        guard try skip(symbol) else {
            throw Failure(
                .syntax,
                "\(current.token.description) stands where \"\(symbol.rawValue)\" should, \(place)",
                at: current.span)
        }
    }

    mutating func add(_ node: Node, from start: Int) -> Program.NodeID {
        program.add(node, Span(from: start, to: previousEnd))
    }

    /// Checks the number of nodes, and of the links of a chain that is no node yet.
    mutating func checkSize(_ linkCount: Int = 0) throws(Failure) {
        guard program.nodes.count + linkCount < Self.nodeLimit else {
            throw Failure(
                .tooLarge, "the expression has more than \(Self.nodeLimit) parts", at: current.span)
        }
    }

    /// Makes `name` visible and gives its slot; ``removeLocal()`` ends it.
    mutating func addLocal(_ name: String) -> Int {
        locals.append(name)
        program.localCount = max(program.localCount, locals.count)
        return locals.count - 1
    }

    mutating func removeLocal() { locals.removeLast() }

    func local(_ name: String) -> Int? { locals.lastIndex(of: name) }

    /// Notes a call that cannot work, and goes on: whether it matters is for the caller to say.
    mutating func note(_ failure: Failure) {
        if firstUnknownCall == nil { firstUnknownCall = failure }
    }
}
