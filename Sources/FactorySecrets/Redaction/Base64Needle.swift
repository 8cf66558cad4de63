/// The base64 digits of a value, in either alphabet, when a number of unknown bytes stand before it in what was encoded.
///
/// The digits that depend on the value alone have to be there. A last digit that shares its bits with what follows
/// is taken along, and the padding behind it: otherwise the end of the value could be read from it. Line breaks may stand
/// between digits, and `+`, `/`, `=` may be URL-encoded or, for `/`, escaped with a backslash.
struct Base64Needle: Needle {
    /// The digits that depend on the value alone.
    private let core: [UInt8]
    /// The bits of the value in the digit behind the core, and how many: 0, 2 or 4.
    private let tail: (bits: UInt8, count: Int)

    /// - Parameters:
    ///   - value: at least ``Redactor/minimumBytes`` bytes, so that the core has seven digits or more.
    ///   - alignment: how many bytes of a group of three stand before it, 0 to 2.
    init(_ value: [UInt8], alignment: Int) {
        let padded = [UInt8](repeating: 0, count: alignment) + value + [0]
        let endBit = (alignment + value.count) * 8
        let firstDigit = (alignment * 8 + 5) / 6
        core = (firstDigit..<endBit / 6).map { Self.bits(of: padded, from: $0 * 6, count: 6) }
        let rest = endBit % 6
        tail = (Self.bits(of: padded, from: endBit - rest, count: rest), rest)
    }

    private static func bits(of bytes: [UInt8], from first: Int, count: Int) -> UInt8 {
        var value: UInt8 = 0
        for bit in first..<(first + count) {
            let shift = UInt8(7 - bit % 8)
            value = value << 1 | (bytes[bit / 8] >> shift & 1)
        }
        return value
    }

    var firstBytes: [UInt8] {
        let escapes: [UInt8] = core[0] < 62 ? [] : [UInt8(ascii: "%"), UInt8(ascii: "\\")]
        let digits = (UInt8.min...UInt8.max).filter { Self.values[Int($0)] == core[0] }
        return digits + escapes
    }

    func match(_ bytes: [UInt8], at place: Int) -> NeedleMatch {
        var place = place
        for (index, digit) in core.enumerated() {
            if index > 0 {
                guard let next = LineBreaks.skip(bytes, at: place) else { return .open }
                place = next
            }
            switch Self.digit(bytes, at: place) {
            case .symbol(digit, let end): place = end
            case .symbol, .other: return .none
            case .open: return .open
            }
        }
        return tail.count == 0 ? NeedleMatch(end: place) : matchTail(bytes, at: place)
    }

    private func matchTail(_ bytes: [UInt8], at end: Int) -> NeedleMatch {
        guard let place = LineBreaks.skip(bytes, at: end) else { return NeedleMatch(end: end, isOpen: true) }
        switch Self.digit(bytes, at: place) {
        case .symbol(let digit, let behind) where digit >> UInt8(6 - tail.count) == tail.bits:
            return Self.skipPadding(bytes, at: behind)
        case .symbol, .other: return NeedleMatch(end: end)
        case .open: return NeedleMatch(end: end, isOpen: true)
        }
    }

    private static func skipPadding(_ bytes: [UInt8], at place: Int) -> NeedleMatch {
        var place = place
        for _ in 0..<2 {
            guard place < bytes.count else { return NeedleMatch(end: place, isOpen: true) }
            if bytes[place] == UInt8(ascii: "=") {
                place += 1
            } else if bytes[place] == UInt8(ascii: "%") {
                switch HexDigits.stand(2, of: UInt32(UInt8(ascii: "=")), in: bytes, at: place + 1) {
                case true?: place += 3
                case false?: return NeedleMatch(end: place)
                case nil: return NeedleMatch(end: place, isOpen: true)
                }
            }
        }
        return NeedleMatch(end: place)
    }

    private static func digit(_ bytes: [UInt8], at place: Int) -> SymbolReading {
        guard place < bytes.count else { return .open }
        let value = values[Int(bytes[place])]
        if value < 64 { return .symbol(value, end: place + 1) }
        switch bytes[place] {
        case UInt8(ascii: "\\"):
            guard place + 1 < bytes.count else { return .open }
            return bytes[place + 1] == UInt8(ascii: "/") ? .symbol(63, end: place + 2) : .other
        case UInt8(ascii: "%"):
            for (value, character) in [(UInt8(62), UInt8(ascii: "+")), (63, UInt8(ascii: "/"))] {
                switch HexDigits.stand(2, of: UInt32(character), in: bytes, at: place + 1) {
                case true?: return .symbol(value, end: place + 3)
                case false?: continue
                case nil: return .open
                }
            }
            return .other
        default: return .other
        }
    }

    /// The value of `byte` as a digit of either alphabet; 64 where it is none.
    static func value(_ byte: UInt8) -> UInt8 { values[Int(byte)] }

    /// The value of each byte as a digit of either alphabet; 64 for those that are none.
    private static let values: [UInt8] = {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        var values = [UInt8](repeating: 64, count: 256)
        for alphabet in [letters + "+/", letters + "-_"] {
            for (value, byte) in alphabet.utf8.enumerated() { values[Int(byte)] = UInt8(value) }
        }
        return values
    }()
}
