import FactoryJSON

extension Evaluator {
    /// The functions for prompts and files: `json`, `yaml`, `lines`, `fence` and the like.
    mutating func applyDocument(_ call: Call) throws(Failure) -> Value {
        switch call.builtin {
        case .json: return .string(try json(call))
        case .yaml: return .string(try yaml(call))
        case .parseJSON: return try parseJSON(call)
        case .urlEncode: return .string(try urlEncode(call))
        case .fence: return .string(try fence(call))
        case .indent: return .string(try indent(call))
        case .lines: return try lines(call)
        default: return try codeBlocks(call)
        }
    }

    private func document(_ call: Call) throws(Failure) -> JSON {
        do {
            return try call[0].json(limits: fuel.limits)
        } catch {
            throw Failure(error, at: call.span)
        }
    }

    private mutating func json(_ call: Call) throws(Failure) -> String {
        let document = try document(call)
        let bytes: [UInt8]
        do {
            bytes = try document.serializedBytes(maxBytes: fuel.limits.valueBytes)
        } catch {
            throw fuel.tooLarge(at: call.span)
        }
        try fuel.spend(text: 3 * bytes.count, at: call.span)
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func yaml(_ call: Call) throws(Failure) -> String {
        guard let text = YAMLPrinter.print(try document(call), maxBytes: fuel.limits.valueBytes) else {
            throw fuel.tooLarge(at: call.span)
        }
        try fuel.spend(text: 20 * text.utf8.count, at: call.span)
        return text
    }

    private mutating func parseJSON(_ call: Call) throws(Failure) -> Value {
        let bytes = Array(try call.string(0).utf8)
        try fuel.spend(text: 6 * bytes.count, at: call.span)
        do {
            return Value(try JSON(parsing: bytes, limits: JSONLimits(depth: fuel.limits.depth)))
        } catch {
            throw call.invalid("the text is not JSON: \(error.description)")
        }
    }

    private mutating func urlEncode(_ call: Call) throws(Failure) -> String {
        let text = try call.string(0)
        try reserve(3 * text.utf8.count, at: call.span)
        try fuel.spend(text: 2 * text.utf8.count, at: call.span)
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text.utf8 {
            if byte.isWordByte || "-.~".utf8.contains(byte) {
                result.append(byte)
            } else {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The text between fences of backticks, one more than any run of them in the text and at least three.
    private mutating func fence(_ call: Call) throws(Failure) -> String {
        let text = try call.string(0)
        let language = call.count > 1 ? try call.string(1) : ""
        guard !language.utf8.contains(where: { $0 == UInt8(ascii: "`") || $0 == UInt8(ascii: "\n") })
        else {
            throw call.invalid("the language of a fence is one word")
        }
        try fuel.spend(text: text.utf8.count, at: call.span)
        var longest = 2
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        try reserve(text.utf8.count + 2 * longest + language.utf8.count, at: call.span)
        let mark = String(repeating: "`", count: longest + 1)
        return "\(mark)\(language)\n\(text)\(text.isEmpty || text.utf8.last == 0x0A ? "" : "\n")\(mark)"
    }

    /// Every line that is not empty, with `n` spaces before it.
    private mutating func indent(_ call: Call) throws(Failure) -> String {
        let text = try call.string(0)
        let width = try call.int(1)
        guard (0...1000).contains(width) else {
            throw call.invalid("indent takes 0 to 1000 spaces, not \(width)")
        }
        try fuel.spend(text: 4 * text.utf8.count, at: call.span)
        let lineCount = text.utf8.count { $0 == 0x0A } + 1
        try reserve(text.utf8.count + width * lineCount, at: call.span)
        let spaces = [UInt8](repeating: 0x20, count: width)
        var result: [UInt8] = []
        var isLineStart = true
        for byte in text.utf8 {
            if isLineStart, byte != 0x0A, byte != 0x0D { result += spaces }
            isLineStart = byte == 0x0A
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }

    private mutating func lines(_ call: Call) throws(Failure) -> Value {
        let text = try call.string(0)
        try fuel.spend(text: 2 * text.utf8.count, at: call.span)
        let lines = TextLines.split(text)
        try fuel.spend(elements: 4 * lines.count, at: call.span)
        let value = Value.list(ValueList(lines.map { .string($0) } as [Value]))
        try fuel.check(value, at: call.span)
        return value
    }

    private mutating func codeBlocks(_ call: Call) throws(Failure) -> Value {
        let text = try call.string(0)
        try fuel.spend(text: 2 * text.utf8.count, at: call.span)
        let blocks = CodeBlock.all(in: text)
        try fuel.spend(elements: 32 * blocks.count, at: call.span)
        return Value(
            .array(blocks.map { ["language": .string($0.language), "code": .string($0.code)] }))
    }
}
