extension Evaluator {
    /// Steps of a pattern that count as one evaluation step.
    private static let patternStepsPerStep = 64

    /// `matches` and the functions of `regex.`.
    mutating func applyPattern(_ call: Call) throws(Failure) -> Value {
        let text = try call.string(0)
        let pattern = try pattern(try call.string(1), call)
        switch call.builtin {
        case .matches:
            return .bool(
                try match(call) { steps throws(PatternError) in try pattern.matches(text, steps: &steps) })
        case .regexExtract:
            let matches = try match(call) { steps throws(PatternError) in
                try pattern.allMatches(in: text, limit: 1, steps: &steps)
            }
            return .optional(
                matches.first.map { Value.OptionalBox(.string(Self.extract($0, from: text))) })
        case .regexExtractAll:
            let matches = try match(call) { steps throws(PatternError) in
                try pattern.allMatches(in: text, steps: &steps)
            }
            try fuel.spend(elements: 8 * matches.count, at: call.span)
            return .list(ValueList(matches.map { .string(Self.extract($0, from: text)) } as [Value]))
        default: return .string(try replace(pattern, in: text, call))
        }
    }

    private mutating func pattern(_ source: String, _ call: Call) throws(Failure) -> Pattern {
        if let known = patterns[source] { return known }
        try fuel.spend(
            10 + source.utf8.count / 8 + PatternCost.unicodeClasses(in: source), at: call.span)
        do {
            let pattern = try Pattern(source)
            patterns[source] = pattern
            return pattern
        } catch {
            throw call.invalid(error.message, hint: error.hint.map { .text($0) } ?? .none)
        }
    }

    private mutating func match<Result>(
        _ call: Call, _ body: (inout Int) throws(PatternError) -> Result
    ) throws(Failure) -> Result {
        let budget = fuel.left * Self.patternStepsPerStep
        var steps = budget
        do {
            let result = try body(&steps)
            try fuel.spend((budget - steps) / Self.patternStepsPerStep, at: call.span)
            return result
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(
                .tooManySteps, "matching the pattern takes more steps than are left", at: call.span,
                hint: .text("match less text at once, or a simpler pattern"))
        }
    }

    /// The first group where the pattern has one, otherwise the whole match.
    private static func extract(_ match: PatternMatch, from text: String) -> String {
        guard match.groups.count > 1 else { return text.utf8Text(match.range) }
        return match.groups[1].map { text.utf8Text($0) } ?? ""
    }

    /// `\1` to `\9` in the replacement are groups, `\0` is the match, `\\` a backslash.
    private mutating func replace(_ pattern: Pattern, in text: String, _ call: Call) throws(Failure)
        -> String
    {
        let template = Array(try call.string(2).utf8)
        let limit = call.count > 3 ? try call.int(3) : -1
        let matches = try match(call) { steps throws(PatternError) in
            try pattern.allMatches(in: text, limit: limit < 0 ? .max : limit, steps: &steps)
        }
        let source = Array(text.utf8)
        var result: [UInt8] = []
        var position = 0
        for match in matches {
            result += source[position..<match.range.lowerBound]
            try append(template, match, source, to: &result, call)
            position = match.range.upperBound
            try fuel.check(bytes: result.count, at: call.span)
        }
        result += source[position...]
        try reserve(result.count, at: call.span)
        return String(decoding: result, as: UTF8.self)
    }

    private func append(
        _ template: [UInt8], _ match: PatternMatch, _ source: [UInt8], to result: inout [UInt8],
        _ call: Call
    ) throws(Failure) {
        var place = 0
        while place < template.count {
            let byte = template[place]
            place += 1
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            let next = place < template.count ? template[place] : 0
            place += 1
            if next == UInt8(ascii: "\\") {
                result.append(byte)
            } else if next.isDigit, Int(next - UInt8(ascii: "0")) < match.groups.count {
                if let range = match.groups[Int(next - UInt8(ascii: "0"))] { result += source[range] }
            } else {
                throw call.invalid(
                    "the replacement has a backslash that is neither \\\\ nor the number of a group",
                    hint: .text("the pattern has the groups 0 to \(match.groups.count - 1)"))
            }
        }
    }
}

/// What making a pattern costs beyond its length.
enum PatternCost {
    /// Steps for the classes `\p{…}`: each looks at all of Unicode.
    static func unicodeClasses(in source: String) -> Int {
        let bytes = Array(source.utf8)
        let count = zip(bytes, bytes.dropFirst()).count {
            $0 == UInt8(ascii: "\\") && $1 | 0x20 == UInt8(ascii: "p")
        }
        return min(count, 40) * 20_000
    }
}

extension String {
    /// The text of a range of UTF-8 bytes.
    func utf8Text(_ range: Range<Int>) -> String {
        let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
        return String(self[start..<utf8.index(start, offsetBy: range.count)])
    }
}
