import FactoryDomain
import FactoryExpressions
import FactoryJSON

enum Moments {
    /// The moment of an RFC 3339 text.
    static func at(_ text: String) throws -> Timestamp {
        let seconds = try Expression(parsing: "int(timestamp(\"\(text)\"))").json(in: Scope()).intValue
        return Timestamp(milliseconds: (seconds ?? 0) * 1_000)
    }
}

/// Draws the same numbers each time (Steele and others, *Fast Splittable Pseudorandom Number Generators*, 2014).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
