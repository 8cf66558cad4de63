extension PatternParser {
    /// Parses what follows a backslash outside brackets.
    mutating func parseEscapedItem() throws(PatternError) -> PatternTree {
        switch peek() {
        case "A": return assertion(.textStart)
        case "z": return assertion(.textEnd)
        case "b": return assertion(.wordBoundary)
        case "B": return assertion(.notWordBoundary)
        case "Q": return parseQuoted()
        default: break
        }
        if let set = try parseClassEscape() { return .set(set) }
        let set = ScalarSet(try parseCharacterEscape())
        return .set(flags.ignoresCase ? set.foldingCase : set)
    }

    private mutating func assertion(_ kind: PatternTree.Assertion) -> PatternTree {
        position += 1
        return .assertion(kind)
    }

    /// Parses `\Q…\E`, in which nothing has a meaning.
    private mutating func parseQuoted() -> PatternTree {
        position += 1
        var items: [PatternTree] = []
        while let scalar = peek() {
            if scalar == "\\", position + 1 < scalars.count, scalars[position + 1] == "E" {
                position += 2
                break
            }
            let set = ScalarSet(scalar)
            items.append(.set(flags.ignoresCase ? set.foldingCase : set))
            position += 1
        }
        return .sequence(items)
    }

    /// Parses `d`, `w`, `s`, `p{…}` and their opposites; nil for other escapes.
    private mutating func parseClassEscape() throws(PatternError) -> ScalarSet? {
        guard let kind = peek() else { throw PatternError("the pattern ends in a backslash") }
        let set: ScalarSet
        switch kind {
        case "d": set = .digits
        case "D": set = ScalarSet.digits.inverted
        case "w": set = .word
        case "W": set = ScalarSet.word.inverted
        case "s": set = .space
        case "S": set = ScalarSet.space.inverted
        case "p", "P":
            position += 1
            return try parseUnicodeClass(isInverted: kind == "P")
        default: return nil
        }
        position += 1
        return set
    }

    private mutating func parseUnicodeClass(isInverted: Bool) throws(PatternError) -> ScalarSet {
        var name = ""
        if skip("{") {
            while let scalar = peek(), scalar != "}", name.utf8.count < 32 {
                name.unicodeScalars.append(scalar)
                position += 1
            }
            guard skip("}") else { throw PatternError("\\p{ is not closed with } in the pattern") }
        } else if let scalar = peek() {
            name = String(Character(scalar))
            position += 1
        }
        let isNegated = name.hasPrefix("^")
        if isNegated { name.removeFirst() }
        guard let set = unicodeClasses[name] ?? UnicodeClass.named(name) else {
            throw PatternError(
                "there is no class \\p{\(name)}",
                hint: "general categories exist: L, Lu, Ll, N, Nd, P, S, Z and so on")
        }
        unicodeClasses[name] = set
        return isInverted != isNegated ? set.inverted : set
    }

    /// Parses an escape that stands for one character.
    private mutating func parseCharacterEscape() throws(PatternError) -> Unicode.Scalar {
        let kind = scalars[position]
        position += 1
        switch kind {
        case "a": return "\u{07}"
        case "f": return "\u{0C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "v": return "\u{0B}"
        case "x": return try parseHexadecimal()
        case "0"..."7"
        where kind == "0" || position < scalars.count && ("0"..."7").contains(scalars[position]):
            var value = kind.value - 0x30
            for _ in 0..<2 {
                guard let digit = peek(), ("0"..."7").contains(digit) else { break }
                value = value * 8 + digit.value - 0x30
                position += 1
            }
            return Unicode.Scalar(value) ?? "\0"
        case "1"..."9":
            throw PatternError(
                "back-references such as \\\(kind) do not exist in patterns",
                hint: "patterns match in linear time")
        default:
            guard kind.value < 128, !UInt8(kind.value).isWordByte else {
                throw PatternError("there is no escape \\\(kind) in a pattern")
            }
            return kind
        }
    }

    private mutating func parseHexadecimal() throws(PatternError) -> Unicode.Scalar {
        var digits = ""
        let isBraced = skip("{")
        while let scalar = peek(), scalar.properties.isASCIIHexDigit,
            digits.utf8.count < (isBraced ? 8 : 2)
        {
            digits.unicodeScalars.append(scalar)
            position += 1
        }
        guard !isBraced || skip("}"), isBraced || digits.utf8.count == 2,
            let value = UInt32(digits, radix: 16),
            let scalar = Unicode.Scalar(value)
        else {
            throw PatternError(
                "\\x needs two hexadecimal digits, or a code point in braces, in a pattern")
        }
        return scalar
    }

    /// Parses a class in brackets; the opening one is read.
    mutating func parseClass() throws(PatternError) -> ScalarSet {
        let isInverted = skip("^")
        var ranges: [ClosedRange<UInt32>] = []
        var isFirst = true
        while let scalar = peek(), scalar != "]" || isFirst {
            isFirst = false
            if let set = try parseClassMember() {
                ranges += set.ranges
                continue
            }
            let start = try parseClassCharacter()
            guard peek() == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                ranges.append(start.value...start.value)
                continue
            }
            position += 1
            let end = try parseClassCharacter()
            guard start <= end else {
                throw PatternError("[\(start)-\(end)] runs backwards in the pattern")
            }
            ranges.append(start.value...end.value)
        }
        guard skip("]") else { throw PatternError("a [ of the pattern is not closed with ]") }
        var set = ScalarSet(ranges)
        if flags.ignoresCase { set = set.foldingCase }
        return isInverted ? set.inverted : set
    }

    /// Parses a class inside brackets, such as `\d` or `[:alpha:]`; nil where a character stands.
    private mutating func parseClassMember() throws(PatternError) -> ScalarSet? {
        if peek() == "\\" {
            position += 1
            if let set = try parseClassEscape() { return set }
            position -= 1
            return nil
        }
        guard peek() == "[", position + 1 < scalars.count, scalars[position + 1] == ":" else {
            return nil
        }
        let start = position
        position += 2
        let isInverted = skip("^")
        var name = ""
        while let scalar = peek(), scalar != ":", name.utf8.count < 16 {
            name.unicodeScalars.append(scalar)
            position += 1
        }
        guard skip(":"), skip("]") else {
            position = start
            return nil
        }
        guard let set = ScalarSet.posix[name] else {
            throw PatternError("there is no class [:\(name):]")
        }
        return isInverted ? set.inverted : set
    }

    private mutating func parseClassCharacter() throws(PatternError) -> Unicode.Scalar {
        guard let scalar = peek() else { throw PatternError("a [ of the pattern is not closed with ]") }
        position += 1
        guard scalar == "\\" else { return scalar }
        guard peek() != nil else { throw PatternError("the pattern ends in a backslash") }
        return try parseCharacterEscape()
    }
}
