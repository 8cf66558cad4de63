#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Evaluator {
    /// `"%s has %d files".format([name, count])`.
    mutating func applyFormat(_ call: Call) throws(Failure) -> Value {
        let room = Formatter.partsPerStep * (fuel.left + 1)
        var formatter = Formatter(
            call, arguments: try call.list(1), maxBytes: fuel.limits.valueBytes, room: room)
        let format = try call.string(0)
        try fuel.spend(text: 4 * format.utf8.count, at: call.span)
        let text = try formatter.format(format)
        try fuel.spend((room - formatter.room) / Formatter.partsPerStep, at: call.span)
        try reserve(text.utf8.count, at: call.span)
        return .string(text)
    }
}

/// Replaces the verbs of a format: `%s %d %f %e %b %o %x %X`, and `%%`.
private struct Formatter {
    /// Decimals beyond this many are noise for a double, and would only cost memory.
    private static let maxPrecision = 100

    private let call: Call
    private let arguments: ValueList
    private let maxBytes: Int
    private var used = 0
    /// Elements of lists and entries of maps that may still be printed.
    private(set) var room: Int
    /// Elements and entries that count as one evaluation step.
    static let partsPerStep = 2

    init(_ call: Call, arguments: ValueList, maxBytes: Int, room: Int) {
        self.room = room
        self.call = call
        self.arguments = arguments
        self.maxBytes = maxBytes
    }

    mutating func format(_ format: String) throws(Failure) -> String {
        var result = ""
        var rest = format.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "%" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            if rest.first == "%" {
                rest = rest.dropFirst()
                result += "%"
                continue
            }
            let precision = try takePrecision(&rest)
            guard let verb = rest.popFirst() else {
                throw call.invalid("the format ends in the middle of a verb")
            }
            result += try print(try nextArgument(), verb, precision)
            guard result.utf8.count <= maxBytes else {
                throw Failure(.tooLarge, "a value would be larger than \(maxBytes) bytes", at: call.span)
            }
        }
        return result
    }

    private mutating func nextArgument() throws(Failure) -> Value {
        guard used < arguments.count else {
            throw call.invalid(
                "the format has more verbs than the list has elements (\(arguments.count))")
        }
        used += 1
        return arguments[used - 1]
    }

    private func takePrecision(_ rest: inout Substring.UnicodeScalarView) throws(Failure) -> Int {
        guard rest.first == "." else { return 6 }
        rest = rest.dropFirst()
        var digits = ""
        while let digit = rest.first, ("0"..."9").contains(digit) {
            digits.unicodeScalars.append(digit)
            rest = rest.dropFirst()
        }
        guard let precision = Int(digits), precision <= Self.maxPrecision else {
            throw call.invalid("a precision is a number from 0 to \(Self.maxPrecision)")
        }
        return precision
    }

    private mutating func print(_ value: Value, _ verb: Unicode.Scalar, _ precision: Int) throws(Failure)
        -> String
    {
        switch (verb, value) {
        case ("s", _): return try printText(value)
        case ("d", .int(let value)): return String(value)
        case ("d", .uint(let value)): return String(value)
        case ("d", .double(let value)) where !value.isFinite: return Value.text(of: value)
        case ("f", _), ("e", _):
            guard value.isNumber else { break }
            return printDecimal(value, isScientific: verb == "e", precision)
        case ("b", .bool(let value)): return value ? "1" : "0"
        case ("b", .int(let value)): return String(value, radix: 2)
        case ("b", .uint(let value)): return String(value, radix: 2)
        case ("o", .int(let value)): return String(value, radix: 8)
        case ("o", .uint(let value)): return String(value, radix: 8)
        case ("x", .int(let value)): return String(value, radix: 16)
        case ("x", .uint(let value)): return String(value, radix: 16)
        case ("X", .int(let value)): return String(value, radix: 16, uppercase: true)
        case ("X", .uint(let value)): return String(value, radix: 16, uppercase: true)
        case ("x", .string(let text)), ("X", .string(let text)):
            return hex(Array(text.utf8), isUpper: verb == "X")
        case ("x", .bytes(let bytes)), ("X", .bytes(let bytes)): return hex(bytes, isUpper: verb == "X")
        default: break
        }
        guard "sdfeboxX".unicodeScalars.contains(verb) else {
            throw call.invalid(
                "there is no verb %\(verb)",
                hint: .text("the verbs are %s %d %f %e %b %o %x %X, and %% for a %"))
        }
        throw Failure(
            .wrongType, "%\(verb) does not print \(value.kind)", at: call.span,
            hint: .text("%s prints any"))
    }

    private func printDecimal(_ value: Value, isScientific: Bool, _ precision: Int) -> String {
        let number =
            switch value {
            case .int(let value): Double(value)
            case .uint(let value): Double(value)
            case .double(let value): value
            default: Double.nan
            }
        guard number.isFinite else { return Value.text(of: number) }
        // 308 digits before the point, the precision, sign, point and exponent.
        let capacity = 320 + precision
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
            let length = withVaList([Int32(precision), number]) { arguments in
                vsnprintf(buffer.baseAddress, capacity, isScientific ? "%.*e" : "%.*f", arguments)
            }
            return String(
                decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    private func hex(_ bytes: [UInt8], isUpper: Bool) -> String {
        let digits = Array((isUpper ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// `%s`: strings without quotes, also inside lists and maps; the keys of a map in order of their text.
    private mutating func printText(_ value: Value) throws(Failure) -> String {
        switch value {
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .string(let text): return text
        case .list(let list):
            var parts: [String] = []
            var size = 0
            for element in list {
                try takePart()
                parts.append(try printText(element))
                try take(parts[parts.count - 1].utf8.count + 2, from: &size)
            }
            return "[" + parts.joined(separator: ", ") + "]"
        case .map(let map):
            var parts: [(key: String, text: String)] = []
            var size = 0
            for (key, value) in map {
                try takePart()
                let name = try printText(key)
                parts.append((name, "\(name): \(try printText(value))"))
                try take(parts[parts.count - 1].text.utf8.count + 2, from: &size)
            }
            parts.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            return "{" + parts.map(\.text).joined(separator: ", ") + "}"
        case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .optional: throw Failure(.wrongType, "%s does not print an optional", at: call.span)
        default:
            return value.shortText.hasSuffix("u") ? String(value.shortText.dropLast()) : value.shortText
        }
    }

    private mutating func takePart() throws(Failure) {
        room -= 1
        guard room > 0 else {
            throw Failure(.tooManySteps, "printing the value takes more steps than are left", at: call.span)
        }
    }

    private func take(_ bytes: Int, from size: inout Int) throws(Failure) {
        size += bytes
        guard size <= maxBytes else {
            throw Failure(.tooLarge, "a value would be larger than \(maxBytes) bytes", at: call.span)
        }
    }
}
