import CYAML

/// Turns libyaml's own complaints into problems that a person can act on.
enum YAMLSyntax {
    static func problem(of parser: yaml_parser_t, offsets: CharacterOffsets) -> NodeProblem {
        let words = parser.problem.map { String(cString: $0) } ?? "it cannot be read"
        switch parser.error {
        case YAML_MEMORY_ERROR:
            return NodeProblem(code: .limit, message: "there is no memory to read the text", offset: 0)
        case YAML_READER_ERROR:
            return NodeProblem(
                code: .syntax, message: "not valid YAML: \(words)",
                hint: "remove the control character, or write it escaped in double quotes",
                offset: Int(parser.problem_offset))
        default:
            let context = parser.context.map { "\(String(cString: $0)), " } ?? ""
            // What is never closed shows at the end of the text, but is mended where it was opened.
            let isOpen = words.contains("unexpected end of stream") && parser.context != nil
            let mark = isOpen ? parser.context_mark : parser.problem_mark
            return NodeProblem(
                code: .syntax, message: "not valid YAML: \(context)\(words)", hint: hint(for: words),
                offset: offsets.byte(at: mark))
        }
    }

    private static func hint(for words: String) -> String? {
        for (part, hint) in hints where words.contains(part) { return hint }
        return nil
    }

    private static let hints = [
        ("mapping values are not allowed", "quote the text if it holds `: `, and check the indentation"),
        ("could not find expected ':'", "check the indentation of this line, and that every key ends with `:`"),
        ("cannot start any token", "quote text that begins with a special character; indent with spaces, not tabs"),
        ("did not find expected key", "check the indentation of this line and the quotes and braces above it"),
        ("did not find expected '-' indicator", "every element of the list begins with `- ` in the same column"),
        ("did not find expected ',' or", "check commas, and quote text that holds `{`, `}`, `[`, `]` or `: `"),
        ("found a tab character", "indent with spaces; for text that begins with a tab write `|2` in place of `|`"),
        ("found unexpected end of stream", "a quote or bracket is not closed"),
        ("found unknown escape character", #"in double quotes write \\ for a backslash, or use single quotes"#),
        ("undefined tag handle", "quote text that begins with `!`"),
        ("found undefined alias", "quote text that begins with `*`"),
        ("did not find expected alphabetic", "quote text that begins with `*` or `&`"),
    ]
}
