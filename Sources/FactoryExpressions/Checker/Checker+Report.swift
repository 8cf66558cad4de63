extension Checker {
    /// Adds that something fails whenever it is evaluated, unless a condition around it tests what it is about.
    mutating func report(
        _ code: ExpressionError.Code, _ message: String, at span: Span, about nodes: [Program.NodeID],
        hint: String? = nil, path: [String]? = nil
    ) {
        findings.isCertain = false
        guard !findings.isFull, !isGuarded(nodes, code) else { return }
        findings.add(
            Findings.Finding(
                failure: Failure(code, message, at: span, hint: hint.map { .text($0) } ?? .none),
                isConditional: conditional > 0 || mayBeAbsent, path: path))
    }

    /// Adds a problem where no value of `type` is of `wanted`.
    mutating func require(
        _ type: ExpressionType, _ wanted: ExpressionType, at span: Span, about nodes: [Program.NodeID], _ what: String,
        hint: String? = nil
    ) {
        guard !type.fits(wanted) else { return }
        guard !type.overlaps(wanted) else {
            findings.isCertain = false
            return
        }
        report(
            .wrongType, "\(what) must be \(wanted.kind), not \(type.kind)", at: span, about: nodes,
            hint: hint ?? (wanted == .bool ? TypeHint.bool(type, text(of: span)) : nil))
    }

    /// The text of `span`; nil where it is too long to be repeated in a message.
    func text(of span: Span) -> String? {
        guard span.length > 0, span.length <= 60, span.end <= source.count else { return nil }
        let bytes = source[span.offset..<span.end]
        return bytes.contains(UInt8(ascii: "\n")) ? nil : String(decoding: bytes, as: UTF8.self)
    }
}

/// What to write instead, by the types that were found.
enum TypeHint {
    /// Instead of a value that is no bool.
    static func bool(_ type: ExpressionType, _ text: String?) -> String? {
        let text = text ?? "x"
        if type.overlaps(.string) { return "compare it, such as \(text) != \"\"" }
        if type.isNumeric { return "compare it, such as \(text) > 0" }
        if type.overlaps(.list(of: .dyn)) || type.overlaps(.map(of: .dyn)) {
            return "size(\(text)) > 0 asks whether something is in it"
        }
        return type == .null ? "\(text) != null asks whether there is a value" : nil
    }

    /// Instead of an argument of type `found` where `wanted` is taken.
    static func argument(_ found: ExpressionType, _ wanted: ExpressionType, _ text: String?) -> String? {
        let text = text ?? "x"
        if found == .null { return "the value is null; default(\(text), y) takes y instead" }
        if wanted.overlaps(.string) {
            if found.isNumeric || found == .bool { return "string(\(text)) makes a string" }
            if case .list = found { return "\(text).join(\", \") joins a list of strings, json(\(text)) writes it" }
            return found.overlaps(.map(of: .dyn)) ? "json(\(text)) makes a string" : nil
        }
        if wanted == .double, found == .int || found == .uint { return "double(\(text)) makes a double" }
        if wanted.isNumeric, found == .string { return "int(\(text)) or double(\(text)) reads a number from a string" }
        if wanted == .bytes, found == .string { return "bytes(\(text)) makes bytes of a string" }
        if wanted.overlaps(.timestamp), found == .string { return "timestamp(\(text)) reads one from a string" }
        if case .optional = wanted { return "x.?key selects an optional; default(x, y) works on any value" }
        if case .list = wanted, found == .string { return "lines(\(text)) and \(text).split(\",\") make lists" }
        return nil
    }

    /// Instead of calculating with two types that do not go together.
    static func arithmetic(
        _ left: ExpressionType, _ operation: ArithmeticOperator, _ right: ExpressionType, _ texts: (String?, String?)
    ) -> String? {
        let (leftText, rightText) = (texts.0 ?? "x", texts.1 ?? "y")
        if left == .null || right == .null {
            return "default(\(left == .null ? leftText : rightText), 0) takes 0 where it is null"
        }
        guard operation == .add else {
            if operation == .remainder, left == .double || right == .double { return "% works on ints" }
            let text = left == .string ? leftText : right == .string ? rightText : nil
            return text.map { "int(\($0)) or double(\($0)) reads a number from a string" }
        }
        if left == .string || right == .string {
            let (other, text) = left == .string ? (right, rightText) : (left, leftText)
            if case .list = other { return "json(\(text)) makes a string; \(text).join(\", \") joins a list" }
            if other.overlaps(.map(of: .dyn)) { return "json(\(text)) makes a string" }
            let string = left == .string ? leftText : rightText
            let isLiteral = string.hasPrefix("'") || string.hasPrefix("\"")
            guard other.isNumeric, !isLiteral else { return "string(\(text)) makes a string" }
            return "string(\(text)) makes a string, int(\(string)) a number"
        }
        if case .list = left { return "\(leftText) + [\(rightText)] appends an element" }
        return [left, right].contains(.uint) ? "int(x) makes an int of a uint" : nil
    }

    /// Instead of comparing two types that have no order.
    static func comparison(_ left: ExpressionType, _ right: ExpressionType, _ texts: (String?, String?)) -> String? {
        let (leftText, rightText) = (texts.0 ?? "x", texts.1 ?? "y")
        if left == .string, right.isNumeric {
            return "int(\(leftText)) or double(\(leftText)) reads a number from a string"
        }
        if right == .string, left.isNumeric {
            return "int(\(rightText)) or double(\(rightText)) reads a number from a string"
        }
        if left == .null || right == .null {
            return "default(\(left == .null ? leftText : rightText), 0) takes 0 where it is null"
        }
        if case .list = left { return "size(\(leftText)) is the number of elements" }
        return nil
    }
}

extension ExpressionType {
    /// True for a number of whatever type.
    var isNumeric: Bool {
        members.allSatisfy { $0 == .int || $0 == .uint || $0 == .double }
    }
}
