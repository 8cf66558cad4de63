import FactoryJSON

/// A generator whose numbers are the same on every run. Source: SplitMix64, Steele et al., 2014.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Values made to be awkward to write and read back.
struct RandomJSON {
    private static let pieces = [
        "a", "b", " ", "\n", ":", "-", "#", "\"", "'", "|", ">", "{", "}", "[", "]", ",", "&", "*", "!", "%", "@", "`",
        "~", "0", "1", ".", "é", "😀", "\t", "\r", "\u{85}", "\u{2028}", "\\", "true", "null", ": ", " #", "---",
        "\u{0}",
    ]

    func value(depth: Int, using random: inout SeededRandom) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .int(Int64.random(in: .min ... .max, using: &random))
        case 3: return .double(Double.random(in: -1e6...1e6, using: &random))
        case 4, 5: return .string(text(using: &random))
        case 6:
            return .array(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth: depth - 1, using: &random) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                object[text(using: &random)] = value(depth: depth - 1, using: &random)
            }
            return .object(object)
        }
    }

    private func text(using random: inout SeededRandom) -> String {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in
            Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
        }.joined()
    }
}
