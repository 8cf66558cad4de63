/// Where something stands in a source: UTF-8 bytes before it, and how many it has.
struct Span: Sendable, Hashable {
    var offset: Int
    var length: Int

    init(_ offset: Int, _ length: Int) {
        self.offset = offset
        self.length = length
    }

    init(from start: Int, to end: Int) { self.init(start, max(0, end - start)) }

    var end: Int { offset + length }
}

/// An error inside the library: what an ``ExpressionError`` says, before line and column are known.
///
/// Operators such as `||` drop errors, so this is one reference and its costly parts are worked out only when it leaves
/// the library.
final class Failure: Error, Sendable {
    enum Hint: Sendable {
        case none
        case text(String)
        /// A name that is not there, and the names that are.
        case near(name: String, candidates: [String])
        /// A key that is not there, and the map it was looked up in.
        case nearKeys(name: String, map: ValueMap)
    }

    let code: ExpressionError.Code
    let message: String
    let hint: Hint
    let span: Span

    init(_ code: ExpressionError.Code, _ message: String, at span: Span, hint: Hint = .none) {
        self.code = code
        self.message = message
        self.hint = hint
        self.span = span
    }

    convenience init(_ failure: ConversionFailure, at span: Span) {
        self.init(
            failure.code, failure.message, at: span, hint: failure.hint.map { .text($0) } ?? .none)
    }
}

extension ExpressionError {
    /// The public form of `failure`, which happened in `source`.
    init(_ failure: Failure, in source: String) {
        let bytes = Array(source.utf8)
        let offset = min(failure.span.offset, bytes.count)
        let position = SourcePosition(offset: offset, in: bytes)
        var lineStart = offset
        while lineStart > 0, bytes[lineStart - 1] != UInt8(ascii: "\n") { lineStart -= 1 }
        let lineEnd = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        var line = bytes[lineStart..<lineEnd]
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        self.init(
            code: failure.code, message: failure.message,
            hint: failure.hint.text(for: failure.span, in: bytes),
            position: position, length: min(failure.span.length, bytes.count - offset),
            sourceLine: String(decoding: line, as: UTF8.self))
    }
}

extension SourcePosition {
    /// The position of `offset` in `source`.
    init(offset: Int, in source: [UInt8]) {
        self.init(offset: 0, line: 1, column: 1)
        advance(to: offset, in: source)
    }

    /// Goes on to a later offset.
    mutating func advance(to target: Int, in source: [UInt8]) {
        while offset < min(target, source.count) {
            let byte = source[offset]
            offset += 1
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if offset == source.count || source[offset] & 0xC0 != 0x80 {
                column += 1
            }
        }
    }
}

extension Failure.Hint {
    fileprivate func text(for span: Span, in source: [UInt8]) -> String? {
        switch self {
        case .none: nil
        case .text(let text): text
        case .near(let name, let candidates): Nearest(to: name, among: candidates).suggestion
        case .nearKeys(let name, let map): Self.keyHint(name, in: map, span, source)
        }
    }

    /// `steps.my-step` reads `steps.my` and subtracts `step`: the usual reason for a missing key before a minus sign.
    private static func keyHint(_ name: String, in map: ValueMap, _ span: Span, _ source: [UInt8])
        -> String?
    {
        let keys = map.prefix(1000).compactMap { entry -> String? in
            if case .string(let key) = entry.key { key } else { nil }
        }
        let rest = source.dropFirst(span.end).prefix(80)
        let dashed = keys.filter { key in
            key.hasPrefix(name + "-") && rest.starts(with: key.utf8.dropFirst(name.utf8.count))
        }
        if let key = dashed.max(by: { $0.utf8.count < $1.utf8.count }) {
            return ".\(key) is a subtraction; write [\"\(key)\"] for a key with a dash"
        }
        return Nearest(to: name, among: keys).suggestion
    }
}
