/// Compiles a template.
struct TemplateParser {
    private var scanner: TemplateScanner
    private var depth = 0
    private var tagCount = 0
    /// How many tags a template may have.
    static let tagLimit = 50_000
    /// The loop variables that are visible, innermost last.
    private var locals: [String] = []
    private(set) var references: [Program.FreeName] = []
    private(set) var calledFunctions: Set<String> = []
    /// The word of the tag that ended the parts parsed last, and where the tag begins.
    private var terminator: (word: String, span: Span)?

    init(_ source: [UInt8]) { scanner = TemplateScanner(source) }

    mutating func parse() throws(Failure) -> [TemplatePart] {
        let parts = try parseParts()
        if let terminator {
            let hint: Failure.Hint =
                switch terminator.word {
                case "endif", "else", "elif": .text("there is no {% if … %} open here")
                default: .text("there is no {% for … %} open here")
                }
            throw Failure(
                .syntax, "{% \(terminator.word) %} closes nothing", at: terminator.span, hint: hint)
        }
        return parts
    }

    /// Parses up to the end or a tag that closes or continues a block; that tag's word is read, the rest is not.
    private mutating func parseParts() throws(Failure) -> [TemplatePart] {
        depth += 1
        defer { depth -= 1 }
        var parts: [TemplatePart] = []
        terminator = nil
        while true {
            switch try scanner.next() {
            case .end: return parts
            case .text(let range): parts.append(.text(text(range)))
            case .output(let start): parts.append(try parseOutput(from: start))
            case .tag(let start):
                let word = readWord()
                let span = Span(from: start, to: scanner.position)
                switch word {
                case "if": parts.append(try parseConditional(at: span))
                case "for": parts.append(try parseLoop(at: span))
                case "raw":
                    try scanner.close(UInt8(ascii: "%"), of: start)
                    let range = try scanner.readRaw(of: start)
                    if !range.isEmpty { parts.append(.text(text(range))) }
                case "elif", "else", "endif", "endfor":
                    terminator = (word, span)
                    return parts
                default: throw unknownTag(word, at: span)
                }
            }
        }
    }

    private mutating func parseOutput(from start: Int) throws(Failure) -> TemplatePart {
        let inner = scanner.position
        let program = try parseExpression(closing: UInt8(ascii: "}"), of: start)
        let closing = scanner.position
        try scanner.close(UInt8(ascii: "}"), of: start)
        let isWhole =
            start == 0 && scanner.position == scanner.source.count && inner == 2
            && scanner.source[scanner.position - 3] != UInt8(ascii: "-")
        return .output(program, TemplatePart.Place(inner: inner..<closing, isWhole: isWhole))
    }

    private mutating func parseConditional(at span: Span) throws(Failure) -> TemplatePart {
        try checkDepth(at: span)
        var branches: [(condition: Program?, parts: [TemplatePart])] = []
        var condition: Program? = try parseExpression(closing: UInt8(ascii: "%"), of: span.offset)
        try scanner.close(UInt8(ascii: "%"), of: span.offset)
        while true {
            branches.append((condition, try parseParts()))
            guard let (word, place) = terminator else {
                throw Failure(.syntax, "{% if %} is not closed with {% endif %}", at: span)
            }
            terminator = nil
            guard word != "endfor", condition != nil || word == "endif" else {
                throw Failure(
                    .syntax, "{% \(word) %} stands where {% endif %} should", at: place,
                    hint: .text("the {% if %} begins at byte \(span.offset)"))
            }
            condition =
                word == "elif" ? try parseExpression(closing: UInt8(ascii: "%"), of: place.offset) : nil
            try scanner.close(UInt8(ascii: "%"), of: place.offset)
            if word == "endif" { return .conditional(branches) }
        }
    }

    private mutating func parseLoop(at span: Span) throws(Failure) -> TemplatePart {
        try checkDepth(at: span)
        var names = [try readVariable(at: span)]
        if skip(",") { names.append(try readVariable(at: span)) }
        guard readWord() == "in" else { throw malformedLoop(at: span) }
        let list = try parseExpression(closing: UInt8(ascii: "%"), of: span.offset)
        try scanner.close(UInt8(ascii: "%"), of: span.offset)
        let first = locals.count
        locals += names
        let parts = try parseParts()
        locals.removeLast(names.count)
        guard let (word, place) = terminator else {
            throw Failure(.syntax, "{% for %} is not closed with {% endfor %}", at: span)
        }
        terminator = nil
        guard word == "endfor" else {
            throw Failure(.syntax, "{% \(word) %} stands where {% endfor %} should", at: place)
        }
        try scanner.close(UInt8(ascii: "%"), of: place.offset)
        return .loop(
            TemplatePart.Loop(
                list: list, first: first, second: names.count > 1 ? first + 1 : nil, parts: parts))
    }

    /// Compiles the expression at the scanner's position, which is then after it.
    private mutating func parseExpression(closing: UInt8, of start: Int) throws(Failure) -> Program {
        tagCount += 1
        guard tagCount <= Self.tagLimit else {
            throw Failure(.tooLarge, "the template has more than \(Self.tagLimit) tags", at: Span(start, 2))
        }
        let lexer = Lexer(scanner.source, from: scanner.position, isInTemplate: true)
        var parser = try Parser(lexer, locals: locals)
        let isEmpty = parser.current.token == .end || parser.current.token == .symbol(.closeBrace)
        if isEmpty, parser.current.span.offset < scanner.source.count {
            throw Failure(.syntax, "there is no expression in the tag", at: Span(start, 2))
        }
        parser.program.root = try parser.parseExpression()
        // A brace that ends no map begins the end of the tag.
        guard parser.current.token == .end || parser.current.token == .symbol(.closeBrace) else {
            throw parser.trailing
        }
        if let failure = parser.firstUnknownCall { throw failure }
        references += parser.program.references
        calledFunctions.formUnion(parser.program.calledFunctions)
        scanner.position = parser.current.span.offset
        return parser.program
    }

    private func checkDepth(at span: Span) throws(Failure) {
        guard depth <= Parser.depthLimit else {
            throw Failure(.tooDeep, "tags are nested deeper than \(Parser.depthLimit) levels", at: span)
        }
    }

    private func unknownTag(_ word: String, at span: Span) -> Failure {
        let known = ["if", "elif", "else", "endif", "for", "endfor", "raw", "endraw"]
        let hint: Failure.Hint =
            switch word {
            case "set":
                .text("there are no variables; a transform step or cel.bind(name, value, result) makes one")
            case "include", "extends", "block", "macro", "import":
                .text("a template stands alone; text from elsewhere is put in with {{ … }}")
            default: .near(name: word, candidates: known)
            }
        let message =
            word.isEmpty ? "the tag has no name" : "there is no tag \"\(word.shortened(to: 40))\""
        return Failure(.syntax, message, at: span, hint: hint)
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: scanner.source[range], as: UTF8.self)
    }
}

extension TemplateParser {
    /// Reads the word at the position, empty where there is none.
    private mutating func readWord() -> String {
        skipBlanks()
        let start = scanner.position
        while scanner.position < scanner.source.count, scanner.source[scanner.position].isWordByte {
            scanner.position += 1
        }
        return text(start..<scanner.position)
    }

    private mutating func readVariable(at span: Span) throws(Failure) -> String {
        let name = readWord()
        let isName = name.utf8.first.map { !$0.isDigit } ?? false
        guard isName, !Parser.reservedWords.contains(name), !["true", "false", "null"].contains(name)
        else {
            throw malformedLoop(at: span)
        }
        return name
    }

    private func malformedLoop(at span: Span) -> Failure {
        Failure(
            .syntax, "{% for %} is written {% for item in list %}",
            at: Span(from: span.offset, to: scanner.position),
            hint: .text(
                "with two variables, {% for i, item in list %}, the first is the index or the key"))
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard scanner.position < scanner.source.count,
            scanner.source[scanner.position] == UInt8(ascii: character)
        else { return false }
        scanner.position += 1
        return true
    }

    private mutating func skipBlanks() {
        while scanner.position < scanner.source.count, scanner.source[scanner.position].isBlank {
            scanner.position += 1
        }
    }
}
