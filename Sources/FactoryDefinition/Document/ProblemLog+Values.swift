import FactoryJSON

// Reads single values of the document's own keys, which are never rendered.
extension ProblemLog {
    /// The members of an object; nil, with the problem added, for anything else.
    func object(_ node: Node, _ path: DocumentPath, _ what: String) -> [Node.Member]? {
        if let members = node.members { return members }
        wrongKind(node, path, what, takes: "an object")
        return nil
    }

    /// The elements of a list.
    func list(_ node: Node, _ path: DocumentPath, _ what: String) -> [Node]? {
        if let elements = node.elements { return elements }
        wrongKind(node, path, what, takes: "a list")
        return nil
    }

    /// A string.
    func text(_ node: Node, _ path: DocumentPath, _ what: String) -> String? {
        if let text = node.text { return text }
        wrongKind(node, path, what, takes: "text")
        return nil
    }

    /// `true` or `false`.
    func bool(_ node: Node, _ path: DocumentPath, _ what: String) -> Bool? {
        if let value = node.scalar?.boolValue { return value }
        wrongKind(node, path, what, takes: "true or false")
        return nil
    }

    /// An integer within `range`.
    func integer(_ node: Node, in range: ClosedRange<Int64>, _ path: DocumentPath, _ what: String) -> Int64? {
        guard let value = node.scalar?.intValue else {
            wrongKind(node, path, what, takes: "an integer")
            return nil
        }
        guard range.contains(value) else {
            add(
                .invalidValue, at: node, path,
                "\(what) is \(value); it must lie between \(range.lowerBound) and \(range.upperBound)")
            return nil
        }
        return value
    }

    /// A duration above zero (or zero where `allowsZero`) within `range`.
    func duration(
        _ node: Node, allowsZero: Bool = false, in range: ClosedRange<Duration> = .milliseconds(1)...(.longest),
        _ path: DocumentPath, _ what: String
    ) -> Duration? {
        let forms = "write a number and a unit: 250ms, 30s, 5m or 2h"
        let duration = node.text.flatMap(Duration.init(documentText:))
        guard let text = node.text, duration != nil || Duration.isBeyondLongest(text) else {
            let hint = node.scalar?.intValue.map { "did you mean `\($0)s`? \(forms)" } ?? forms
            add(.invalidDuration, at: node, path, "\(what) is no duration", hint: hint)
            return nil
        }
        guard duration != .zero || allowsZero else {
            add(.invalidDuration, at: node, path, "\(what) must be longer than zero", hint: forms)
            return nil
        }
        guard let duration, range.contains(duration) || duration == .zero else {
            add(
                .invalidDuration, at: node, path, "\(what) is \(text.prefix(40))",
                hint: "it goes from \(range.lowerBound.documentText) to \(range.upperBound.documentText)")
            return nil
        }
        return duration
    }

    /// One of the words of `Choice`.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ node: Node, _ type: Choice.Type = Choice.self, _ path: DocumentPath, _ what: String
    ) -> Choice? {
        guard let text = text(node, path, what) else { return nil }
        if let value = Choice(rawValue: text) { return value }
        unknownWord(text, at: node, path, what, among: Choice.allCases.map(\.rawValue))
        return nil
    }

    /// Adds that `word` is not among the words that `what` takes.
    func unknownWord(_ word: String, at node: Node, _ path: DocumentPath, _ what: String, among words: [String]) {
        guard !isFull else { return add(.invalidValue, at: node, path, "") }
        let list = "it takes " + words.map { "`\($0)`" }.joined(separator: ", ")
        let hint = Suggestion.hint(for: word, among: words).map { "\($0) (\(list))" } ?? list
        add(.invalidValue, at: node, path, "unknown value `\(word.prefix(80))` of \(what)", hint: hint)
    }

    /// Adds that a value is of the wrong kind.
    func wrongKind(_ node: Node, _ path: DocumentPath, _ what: String, takes: String, hint: String? = nil) {
        add(
            .invalidType, at: node, path, "\(what) takes \(takes), not \(withArticle(node))",
            hint: hint ?? kindHint(node, takes: takes))
    }

    private func kindHint(_ node: Node, takes: String) -> String? {
        switch (takes, node.content) {
        case ("text", .scalar(let value, .plain)) where !value.isNull: return "quote it to make it text"
        case ("true or false", .scalar(.string(let text), _)):
            switch text.lowercased() {
            case "true", "yes", "on", "y": return "write true, in lower case and without quotes"
            case "false", "no", "off", "n": return "write false, in lower case and without quotes"
            default: return nil
            }
        case ("an integer", .scalar(.string(let text), let style)) where style != .plain && Int64(text) != nil:
            return "remove the quotes"
        case ("a number", .scalar(.string(let text), _)) where Double(text) != nil: return "remove the quotes"
        case ("a list", .scalar(let value, _)) where !value.isNull: return "write [ ] around it"
        default: return nil
        }
    }

    private func withArticle(_ node: Node) -> String {
        switch node.kindName {
        case "string": "text"
        case "null": "null"
        case "integer": "an integer"
        case "object": "an object"
        case let kind: "a \(kind)"
        }
    }

    /// Adds a problem for each member whose key is not among `known`.
    /// - Parameters:
    ///   - elsewhere: keys that are known under another one, `place`.
    func checkKeys(
        _ members: [Node.Member], known: [String], _ path: DocumentPath, _ owner: String, elsewhere: [String] = [],
        at place: String = ""
    ) {
        for member in members where !known.contains(member.key) {
            guard !isFull else { return add(.unknownKey, at: member.keyRange.lowerBound, path, "") }
            let list = "known: " + known.joined(separator: ", ")
            add(
                .unknownKey, at: member.keyRange.lowerBound, path + member.key,
                "unknown key `\(member.key.prefix(80))` in \(owner)",
                hint: elsewhere.contains(member.key)
                    ? "it belongs under \(place)" : Suggestion.hint(for: member.key, among: known) ?? list)
        }
    }
}
