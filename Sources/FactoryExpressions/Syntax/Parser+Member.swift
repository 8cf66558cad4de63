extension Parser {
    /// Words that can be no name: CEL keeps them for languages it is embedded in.
    static let reservedWords: Set<String> = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "in", "let",
        "loop", "package",
        "namespace", "return", "var", "void", "while",
    ]
    private static let keywords: Set<String> = ["true", "false", "null", "in"]

    mutating func parseMember() throws(Failure) -> Program.NodeID {
        let start = current.span.offset
        return try parseLinks(of: try parsePrimary(), from: start)
    }

    /// Parses what is selected from, or called on, the value `base`.
    mutating func parseLinks(of base: Program.NodeID, from start: Int) throws(Failure)
        -> Program.NodeID
    {
        var links: [Node.Link] = []
        while true {
            try checkSize(links.count)
            if try skip(.dot) {
                let isOptional = try skip(.question)
                links.append(try parseSelection(isOptional: isOptional, from: start))
            } else if current.token == .symbol(.openBracket) {
                links.append(try parseIndex(from: start))
            } else {
                break
            }
        }
        guard !links.isEmpty else {
            noteReference(base, [], from: start)
            return base
        }
        noteReference(base, links, from: start)
        if let type = qualifiedType(base, links) { return add(.constant(.type(type)), from: start) }
        return add(.chain(base, links), from: start)
    }

    private mutating func parseSelection(isOptional: Bool, from start: Int) throws(Failure)
        -> Node.Link
    {
        let name = current
        try advance()
        switch name.token {
        case .quotedIdentifier(let key):
            return link(isOptional ? .optionalSelect(key) : .select(key), name.span, from: start)
        case .identifier(let key) where !Self.keywords.contains(key):
            guard current.token == .symbol(.openParenthesis), !isOptional else {
                return link(isOptional ? .optionalSelect(key) : .select(key), name.span, from: start)
            }
            return try parseMethod(key, at: name.span)
        case .identifier(let key):
            throw Failure(
                .syntax, "\(key) is a word of the language and cannot stand after a dot", at: name.span,
                hint: .text("write [\"\(key)\"]"))
        default:
            throw Failure(
                .syntax, "\(name.token.description) stands where a name should, after a dot", at: name.span)
        }
    }

    private mutating func parseIndex(from start: Int) throws(Failure) -> Node.Link {
        let span = current.span
        try advance()
        let isOptional = try skip(.question)
        let index = try parseExpression()
        try expect(.closeBracket, "after an index")
        let whole = Span(from: span.offset, to: previousEnd)
        return Node.Link(kind: isOptional ? .optionalIndex(index) : .index(index), span: whole)
    }

    private func link(_ kind: Node.Link.Kind, _ span: Span, from start: Int) -> Node.Link {
        Node.Link(kind: kind, span: span)
    }

    /// `google.protobuf.Timestamp` and its sister are names of types.
    private func qualifiedType(_ base: Program.NodeID, _ links: [Node.Link]) -> String? {
        guard case .name("google") = program.nodes[base], links.count == 2,
            case .select("protobuf") = links[0].kind,
            case .select(let name) = links[1].kind, name == "Timestamp" || name == "Duration"
        else { return nil }
        return "google.protobuf.\(name)"
    }

    private mutating func parsePrimary() throws(Failure) -> Program.NodeID {
        try checkSize()
        let (token, span) = current
        switch token {
        case .int(let magnitude):
            guard let value = Int64(exactly: magnitude) else {
                throw Failure(.overflow, "the integer does not fit 64 bits", at: span)
            }
            return try addLiteral(.int(value))
        case .uint(let value): return try addLiteral(.uint(value))
        case .double(let value): return try addLiteral(.double(value))
        case .string(let value): return try addLiteral(.string(value))
        case .bytes(let value): return try addLiteral(.bytes(value))
        case .identifier(let name): return try parseName(name)
        case .symbol(.openParenthesis):
            try advance()
            let inner = try parseExpression()
            try expect(.closeParenthesis, "to match the one before")
            return inner
        case .symbol(.openBracket): return try parseList()
        case .symbol(.openBrace): return try parseMap()
        case .symbol(.dot):
            try advance()
            guard case .identifier(let name) = current.token else { throw unexpected() }
            try advance()
            return add(.name(name), from: span.offset)
        default: throw unexpected()
        }
    }

    private mutating func addLiteral(_ value: Value) throws(Failure) -> Program.NodeID {
        let start = current.span.offset
        try advance()
        return add(.constant(value), from: start)
    }

    private mutating func parseName(_ name: String) throws(Failure) -> Program.NodeID {
        let span = current.span
        switch name {
        case "true": return try addLiteral(.bool(true))
        case "false": return try addLiteral(.bool(false))
        case "null": return try addLiteral(.null)
        default: break
        }
        guard !Self.reservedWords.contains(name) else {
            throw Failure(.syntax, "\(name) is a reserved word and no name", at: span)
        }
        try advance()
        if current.token == .symbol(.openParenthesis) { return try parseCall(name, at: span) }
        if let function = try namespacedFunction(name) {
            try advance()
            try advance()
            return try parseNamespacedCall(function, at: span.offset)
        }
        if let slot = local(name) { return add(.local(slot), from: span.offset) }
        return add(.name(name), from: span.offset)
    }

    /// The whole name where `namespace` begins one, such as `math.abs(`.
    private func namespacedFunction(_ namespace: String) throws(Failure) -> String? {
        guard Builtin.namespaces.contains(namespace), local(namespace) == nil,
            current.token == .symbol(.dot)
        else {
            return nil
        }
        var ahead = lexer
        guard case .identifier(let name) = try ahead.next().token,
            try ahead.next().token == .symbol(.openParenthesis)
        else { return nil }
        return "\(namespace).\(name)"
    }

    private mutating func parseList() throws(Failure) -> Program.NodeID {
        let start = current.span.offset
        try advance()
        var elements: [Node.Element] = []
        while current.token != .symbol(.closeBracket) {
            let isOptional = try skip(.question)
            elements.append(Node.Element(node: try parseExpression(), isOptional: isOptional))
            guard try skip(.comma) else { break }
        }
        try expect(.closeBracket, "at the end of a list")
        return add(.list(elements), from: start)
    }

    private mutating func parseMap() throws(Failure) -> Program.NodeID {
        let start = current.span.offset
        try advance()
        var entries: [Node.Entry] = []
        while current.token != .symbol(.closeBrace) {
            let isOptional = try skip(.question)
            let key = try parseExpression()
            try expect(.colon, "after a key of a map")
            entries.append(Node.Entry(key: key, value: try parseExpression(), isOptional: isOptional))
            guard try skip(.comma) else { break }
        }
        try expect(.closeBrace, "at the end of a map")
        return add(.map(entries), from: start)
    }

    private func unexpected() -> Failure {
        let message =
            current.token == .end
            ? "the expression ends where a value should stand"
            : "\(current.token.description) stands where a value should"
        return Failure(.syntax, message, at: current.span)
    }
}
