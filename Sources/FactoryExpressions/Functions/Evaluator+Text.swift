extension Evaluator {
    /// Functions that look at one text. Places count code points.
    mutating func applyText(_ call: Call) throws(Failure) -> Value {
        let text = try call.string(0)
        try fuel.spend(text: 2 * text.utf8.count, at: call.span)
        switch call.builtin {
        case .contains: return .bool(text.range(ofBytes: Array(try call.string(1).utf8)) != nil)
        case .startsWith: return .bool(text.utf8.starts(with: try call.string(1).utf8))
        case .endsWith:
            return .bool(text.utf8.reversed().starts(with: try call.string(1).utf8.reversed()))
        case .charAt: return .string(try characterAt(try call.int(1), in: text, call))
        case .indexOf: return .int(Int64(try indexOf(call, text)))
        case .lastIndexOf: return .int(Int64(try lastIndexOf(call, text)))
        case .substring: return .string(try substring(call, text))
        case .lowerAscii: return .string(text.mappingBytes { (65...90).contains($0) ? $0 | 0x20 : $0 })
        case .upperAscii: return .string(text.mappingBytes { (97...122).contains($0) ? $0 & 0xDF : $0 })
        case .trim: return .string(text.trimmingWhitespace())
        default: return .string(text.quoted)
        }
    }

    private func characterAt(_ place: Int, in text: String, _ call: Call) throws(Failure) -> String {
        let scalars = text.unicodeScalars
        guard place >= 0,
            let index = scalars.index(scalars.startIndex, offsetBy: place, limitedBy: scalars.endIndex)
        else { throw outOfRange(place, text, call) }
        return index == scalars.endIndex ? "" : String(Character(scalars[index]))
    }

    private func indexOf(_ call: Call, _ text: String) throws(Failure) -> Int {
        let wanted = Array(try call.string(1).unicodeScalars)
        let scalars = Array(text.unicodeScalars)
        let start = call.count > 2 ? try call.int(2) : 0
        guard (0...scalars.count).contains(start) else { throw outOfRange(start, text, call) }
        return scalars.firstIndex(of: wanted, from: start) ?? -1
    }

    private func lastIndexOf(_ call: Call, _ text: String) throws(Failure) -> Int {
        let wanted = Array(try call.string(1).unicodeScalars)
        let scalars = Array(text.unicodeScalars)
        let start = call.count > 2 ? try call.int(2) : scalars.count
        guard (0...scalars.count).contains(start) else { throw outOfRange(start, text, call) }
        let last = min(start, scalars.count - wanted.count)
        guard last >= 0 else { return -1 }
        // Found backwards as the first match of the reversed texts.
        let head = Array(scalars[..<min(scalars.count, last + wanted.count)].reversed())
        return head.firstIndex(of: wanted.reversed(), from: 0).map { head.count - $0 - wanted.count }
            ?? -1
    }

    private func substring(_ call: Call, _ text: String) throws(Failure) -> String {
        let scalars = text.unicodeScalars
        let start = try call.int(1)
        let end = call.count > 2 ? try call.int(2) : scalars.count
        let count = scalars.count
        guard (0...count).contains(start) else { throw outOfRange(start, text, call) }
        guard (0...count).contains(end) else { throw outOfRange(end, text, call) }
        guard start <= end else { throw call.invalid("the end \(end) lies before the start \(start)") }
        let from = scalars.index(scalars.startIndex, offsetBy: start)
        return String(scalars[from..<scalars.index(from, offsetBy: end - start)])
    }

    private func outOfRange(_ place: Int, _ text: String, _ call: Call) -> Failure {
        call.invalid("\(place) lies outside a string of \(text.unicodeScalars.count) characters")
    }
}

extension Array where Element: Equatable {
    /// The first place from `start` on where `wanted` stands (Knuth, Morris and Pratt: linear in both).
    func firstIndex(of wanted: [Element], from start: Int) -> Int? {
        guard !wanted.isEmpty else { return start }
        var borders = [0]
        borders.reserveCapacity(wanted.count)
        for place in wanted.indices.dropFirst() {
            var border = borders[place - 1]
            while border > 0, wanted[border] != wanted[place] { border = borders[border - 1] }
            borders.append(wanted[border] == wanted[place] ? border + 1 : 0)
        }
        var matched = 0
        for place in start..<count {
            while matched > 0, wanted[matched] != self[place] { matched = borders[matched - 1] }
            if wanted[matched] == self[place] { matched += 1 }
            if matched == wanted.count { return place + 1 - matched }
        }
        return nil
    }
}

extension String {
    /// The first place of `wanted` among the UTF-8 bytes.
    func range(ofBytes wanted: [UInt8]) -> Int? { Array(utf8).firstIndex(of: wanted, from: 0) }

    fileprivate func mappingBytes(_ transform: (UInt8) -> UInt8) -> String {
        String(decoding: utf8.map(transform), as: UTF8.self)
    }

    /// Without white space (Unicode's White_Space) at both ends.
    func trimmingWhitespace() -> String {
        var scalars = unicodeScalars[...]
        while let first = scalars.first, first.properties.isWhitespace { scalars = scalars.dropFirst() }
        while let last = scalars.last, last.properties.isWhitespace { scalars = scalars.dropLast() }
        return String(scalars)
    }

    /// As a string literal of the language.
    fileprivate var quoted: String {
        var result: [UInt8] = [UInt8(ascii: "\"")]
        result.reserveCapacity(utf8.count + 16)
        for byte in utf8 {
            guard let letter = Self.escapes[byte] else {
                result.append(byte)
                continue
            }
            result.append(UInt8(ascii: "\\"))
            result.append(letter)
        }
        result.append(UInt8(ascii: "\""))
        return String(decoding: result, as: UTF8.self)
    }

    /// The letters behind the backslash, by the bytes they stand for.
    private static let escapes: EscapeTable = EscapeTable([
        (0x07, "a"), (0x08, "b"), (0x0C, "f"), (0x0A, "n"), (0x0D, "r"), (0x09, "t"), (0x0B, "v"), (0x5C, "\\"),
        (0x22, "\""),
    ])
}

/// Which bytes of a string literal are written with a backslash.
private struct EscapeTable {
    private var letters = [UInt8](repeating: 0, count: 256)

    init(_ escapes: [(byte: UInt8, letter: Unicode.Scalar)]) {
        for (byte, letter) in escapes { letters[Int(byte)] = UInt8(ascii: letter) }
    }

    subscript(byte: UInt8) -> UInt8? { letters[Int(byte)] == 0 ? nil : letters[Int(byte)] }
}
