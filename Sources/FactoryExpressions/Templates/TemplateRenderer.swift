import FactoryJSON

/// Renders the parts of a template, all on the same fuel.
struct TemplateRenderer {
    private let scope: Scope
    private var fuel: Fuel
    private var locals: [Value] = []
    private var bytes: [UInt8] = []

    init(_ scope: Scope, limits: EvaluationLimits) {
        self.scope = scope
        fuel = Fuel(limits)
    }

    /// What was rendered so far.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func render(_ parts: [TemplatePart]) throws(Failure) {
        for part in parts {
            switch part {
            case .text(let text):
                try write(text.utf8.count, at: Span(0, 0)) { $0.append(contentsOf: text.utf8) }
            case .output(let program, _):
                try write(try evaluate(program), at: program.spans[program.root])
            case .conditional(let branches): try renderFirst(of: branches)
            case .loop(let loop): try render(loop)
            }
        }
    }

    /// Evaluates an expression with the loop variables as they are.
    mutating func evaluate(_ program: Program) throws(Failure) -> Value {
        var evaluator = Evaluator(program, in: scope, fuel: fuel, locals: locals)
        defer { fuel = evaluator.fuel }
        return try evaluator.evaluate(program.root)
    }

    private mutating func renderFirst(of branches: [(condition: Program?, parts: [TemplatePart])])
        throws(Failure)
    {
        for (condition, parts) in branches {
            if let condition {
                let value = try evaluate(condition)
                guard case .bool(let isTrue) = value else {
                    throw Failure(
                        .wrongType, "the condition of a tag must be a bool, not \(value.kind)",
                        at: condition.spans[condition.root], hint: .boolHint(value))
                }
                guard isTrue else { continue }
            }
            return try render(parts)
        }
    }

    private mutating func render(_ loop: TemplatePart.Loop) throws(Failure) {
        let span = loop.list.spans[loop.list.root]
        let value = try evaluate(loop.list)
        let outer = locals
        defer { locals = outer }
        switch value {
        case .list(let list):
            for (place, element) in list.enumerated() {
                try fuel.spend(at: span)
                locals = outer + (loop.second == nil ? [element] : [.int(Int64(place)), element])
                try render(loop.parts)
            }
        case .map(let map):
            for (key, element) in map {
                try fuel.spend(at: span)
                locals = outer + (loop.second == nil ? [key] : [key, element])
                try render(loop.parts)
            }
        default:
            let hint: Failure.Hint =
                switch value {
                case .string: .text("lines(x) goes over the lines of a text")
                case .null: .text("default(x, []) goes over nothing where x is null")
                default: .none
                }
            throw Failure(
                .wrongType, "{% for %} goes over a list or a map, not \(value.kind)", at: span, hint: hint)
        }
    }

    private mutating func write(_ value: Value, at span: Span) throws(Failure) {
        switch value {
        case .null: break
        case .string(let text):
            try write(text.utf8.count, at: span) { $0.append(contentsOf: text.utf8) }
        default:
            let written = try writtenJSON(value, at: span)
            try write(written.count, at: span) { $0.append(contentsOf: written) }
        }
    }

    /// Compact JSON; what JSON has as a string (bytes, times) without its quotes.
    private func writtenJSON(_ value: Value, at span: Span) throws(Failure) -> [UInt8] {
        do throws(ConversionFailure) {
            let json = try value.json(limits: fuel.limits)
            if case .string(let text) = json { return Array(text.utf8) }
            do {
                return try json.serializedBytes(maxBytes: fuel.limits.textBytes)
            } catch {
                throw ConversionFailure(.tooLarge, tooLong)
            }
        } catch {
            throw Failure(error, at: span)
        }
    }

    private mutating func write(_ count: Int, at span: Span, _ append: (inout [UInt8]) -> Void)
        throws(Failure)
    {
        guard bytes.count + count <= fuel.limits.textBytes else {
            throw Failure(.tooLarge, tooLong, at: span)
        }
        try fuel.spend(bytes: count, at: span)
        append(&bytes)
    }

    private var tooLong: String {
        "the rendered text would be longer than \(fuel.limits.textBytes) bytes"
    }
}
