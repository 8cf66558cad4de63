extension Evaluator {
    /// `bool(x)`, `int(x)` and the other functions named after types.
    mutating func convert(_ call: Call) throws(Failure) -> Value {
        switch call.builtin {
        case .dyn: return call[0]
        case .type: return .type(call[0].typeName)
        case .int: return .int(try Self.int(call))
        case .uint: return .uint(try Self.uint(call))
        case .double: return .double(try Self.double(call))
        case .bool: return .bool(try Self.bool(call))
        case .string: return .string(try Self.text(call))
        case .bytes:
            if case .bytes = call[0] { return call[0] }
            let text = try call.string(0)
            try fuel.spend(bytes: 2 * text.utf8.count, at: call.span)
            return .bytes(Array(text.utf8))
        case .duration: return .duration(try Self.duration(call))
        default: return .timestamp(try Self.timestamp(call))
        }
    }

    private static func int(_ call: Call) throws(Failure) -> Int64 {
        switch call[0] {
        case .int(let value): return value
        case .uint(let value):
            guard let value = Int64(exactly: value) else {
                throw call.overflow("\(value) does not fit an int")
            }
            return value
        case .double(let value):
            // 2^63 - 1 is no double: the next one, 2^63, is already outside.
            guard value > -0x1p63, value < 0x1p63 else {
                throw call.overflow("\(Value.text(of: value)) does not fit an int")
            }
            return Int64(value)
        case .string(let text):
            guard let value = Int64(text), text.first != "+" else {
                throw unreadable(call, text, "an int")
            }
            return value
        case .timestamp(let moment): return moment.seconds
        default: throw call.wrongType(0, "a number, a string or a timestamp")
        }
    }

    private static func uint(_ call: Call) throws(Failure) -> UInt64 {
        switch call[0] {
        case .uint(let value): return value
        case .int(let value):
            guard let value = UInt64(exactly: value) else {
                throw call.overflow("\(value) does not fit a uint")
            }
            return value
        case .double(let value):
            guard value > -1, value < 0x1p64 else {
                throw call.overflow("\(Value.text(of: value)) does not fit a uint")
            }
            return UInt64(value)
        case .string(let text):
            guard let value = UInt64(text), text.first != "+" else {
                throw unreadable(call, text, "a uint")
            }
            return value
        default: throw call.wrongType(0, "a number or a string")
        }
    }

    private static func double(_ call: Call) throws(Failure) -> Double {
        switch call[0] {
        case .double(let value): return value
        case .int(let value): return Double(value)
        case .uint(let value): return Double(value)
        case .string(let text):
            switch text {
            case "NaN": return .nan
            case "Infinity", "+Infinity", "Inf", "inf", "+Inf": return .infinity
            case "-Infinity", "-Inf", "-inf": return -.infinity
            default:
                let isPlain = text.utf8.allSatisfy { $0.isDigit || "+-.eE".utf8.contains($0) }
                guard isPlain, let value = Double(text) else { throw unreadable(call, text, "a double") }
                return value
            }
        default: throw call.wrongType(0, "a number or a string")
        }
    }

    private static func bool(_ call: Call) throws(Failure) -> Bool {
        switch call[0] {
        case .bool(let value): return value
        case .string(let text):
            switch text {
            case "1", "t", "T", "true", "TRUE", "True": return true
            case "0", "f", "F", "false", "FALSE", "False": return false
            default: throw unreadable(call, text, "a bool")
            }
        default: throw call.wrongType(0, "a bool or a string")
        }
    }

    private static func text(_ call: Call) throws(Failure) -> String {
        switch call[0] {
        case .string(let text): return text
        case .bool(let value): return value ? "true" : "false"
        case .int(let value): return String(value)
        case .uint(let value): return String(value)
        case .double(let value): return Value.text(of: value)
        case .bytes(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw call.invalid(
                    "the bytes are not UTF-8", hint: .text("base64.encode(x) makes text of any bytes"))
            }
            return text
        case .duration(let value): return DurationText.print(value)
        case .timestamp(let value): return TimestampText.print(value)
        case .type(let name): return name
        default: throw call.wrongType(0, "a bool, number, text, bytes, duration or timestamp")
        }
    }

    private static func duration(_ call: Call) throws(Failure) -> Int64 {
        switch call[0] {
        case .duration(let value): return value
        case .string(let text):
            guard let value = DurationText.parse(text) else { throw unreadable(call, text, "a duration") }
            return value
        default: throw call.wrongType(0, "a string such as \"1h30m\"")
        }
    }

    private static func timestamp(_ call: Call) throws(Failure) -> Moment {
        switch call[0] {
        case .timestamp(let value): return value
        case .int(let seconds):
            let moment = Moment(seconds: seconds)
            guard moment.isValid else {
                throw call.overflow("\(seconds) seconds lie outside the years 1 to 9999")
            }
            return moment
        case .string(let text):
            guard let moment = TimestampText.parse(text) else {
                throw unreadable(call, text, "a timestamp")
            }
            return moment
        default:
            throw call.wrongType(0, "a string such as \"2026-01-31T12:00:00Z\", or seconds since 1970")
        }
    }

    private static func unreadable(_ call: Call, _ text: String, _ kind: String) -> Failure {
        let example =
            switch call.builtin {
            case .bool: "true or false"
            case .duration: "1h30m, 2.5s or 250ms, up to about 292 years"
            case .timestamp: "2026-01-31T12:00:00Z, in the years 1 to 9999"
            case .double: "4.2 or 1e9"
            default: "42, within 64 bits"
            }
        return call.invalid(
            "\(Value.string(text).shortText) is no text of \(kind)",
            hint: .text("it looks like \(example)"))
    }
}
