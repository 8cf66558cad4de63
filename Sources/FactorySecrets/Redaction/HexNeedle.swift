/// The bytes of a value as hex digits of either case, without anything between the bytes or with one of `: - ` or a
/// line break.
struct HexNeedle: Needle {
    private let value: [UInt8]

    /// `value` is not empty.
    init(_ value: [UInt8]) { self.value = value }

    var firstBytes: [UInt8] { HexDigits.spellings(of: value[0] >> 4) }

    func match(_ bytes: [UInt8], at place: Int) -> NeedleMatch {
        var place = place
        for (index, byte) in value.enumerated() {
            if index > 0 {
                guard let next = Self.skipSeparator(bytes, at: place) else { return .open }
                place = next
            }
            switch HexDigits.stand(2, of: UInt32(byte), in: bytes, at: place) {
            case true?: place += 2
            case false?: return .none
            case nil: return .open
            }
        }
        return NeedleMatch(end: place)
    }

    private static func skipSeparator(_ bytes: [UInt8], at place: Int) -> Int? {
        guard place < bytes.count else { return nil }
        switch bytes[place] {
        case UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: " "): return place + 1
        default: return LineBreaks.skip(bytes, at: place)
        }
    }
}

/// Line breaks within encoded text, also written as escapes.
enum LineBreaks {
    /// Behind the line break at `place`, which is `place` where there is none; nil where the bytes end before that is
    /// told.
    static func skip(_ bytes: [UInt8], at place: Int) -> Int? {
        guard place < bytes.count else { return nil }
        var place = place
        if bytes[place] == UInt8(ascii: "\r") { place += 1 }
        guard place < bytes.count else { return nil }
        if bytes[place] == UInt8(ascii: "\n") { return place + 1 }
        guard bytes[place] == UInt8(ascii: "\\") else { return place }
        guard place + 1 < bytes.count else { return nil }
        switch bytes[place + 1] {
        case UInt8(ascii: "n"): return place + 2
        case UInt8(ascii: "r"): return skip(bytes, at: place + 2)
        default: return place
        }
    }
}
