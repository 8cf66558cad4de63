import FactoryJSON
import Foundation
import Testing

@Suite("The JSON parser under mutated texts")
struct ParserFuzzTests {
    private static let seeds = [
        #"{"name":"Ada","age":36,"tags":["a","b\n",null],"score":-1.5e3,"ok":true,"nested":{"x":[[],{}]}}"#,
        #"[0,1,-1,1.0,1e5,9223372036854775807,9223372036854775808,"\u00e9\ud83d\ude00","é😀",false]"#,
        #"  [ { "a" : [ 1 , 2 ] } , { "b" : "\"\\\/\b\f\r\t" } ]  "#,
    ]

    /// Bytes that mean something in JSON, which find more than random ones.
    private static let pieces = Array(#"{}[]",:\ue0123456789+-.Etrufalsn "#.utf8) + [0x0A, 0x00, 0xC3, 0xA9, 0xFF]

    @Test("agrees with Foundation on what is JSON and what it means", arguments: 0..<6)
    func agrees(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        for _ in 0..<700 {
            var bytes = Array(Self.seeds[Int(random.next() % 3)].utf8)
            for _ in 0...(random.next() % 3) { Self.mutate(&bytes, &random) }
            try compare(bytes)
        }
    }

    private func compare(_ bytes: [UInt8]) throws {
        let theirs = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
        do {
            let ours = try JSON(parsing: bytes, limits: .standard)
            let written = ours.serializedBytes()
            #expect(try JSON(parsing: written, limits: .standard) == ours)
            let theirs = try #require(theirs, "only we accept \(String(decoding: bytes, as: UTF8.self))")
            #expect(isSame(ours, theirs), "\(String(decoding: bytes, as: UTF8.self))")
        } catch let error as JSONError {
            guard theirs != nil else { return }
            // Foundation takes the last of two equal keys, commas before a bracket, and guesses encodings from zeros.
            let isStricter = ["comes twice", "beyond the range", "\"]\" where a value", "\"}\" where a key", "U+0000"]
                .contains { error.message.contains($0) }
            #expect(isStricter, "only Foundation accepts \(String(decoding: bytes, as: UTF8.self)): \(error)")
        }
    }

    private func isSame(_ ours: JSON, _ theirs: Any) -> Bool {
        switch (ours, theirs) {
        case (.null, is NSNull): true
        case (.bool(let ours), let theirs as NSNumber): theirs.boolValue == ours
        case (.int(let ours), let theirs as NSNumber): theirs.int64Value == ours
        case (.double(let ours), let theirs as NSNumber):
            // Foundation goes by way of decimals and loses the last digits.
            abs(theirs.doubleValue - ours) <= abs(ours) * 1e-12
        case (.string(let ours), let theirs as String): ours.utf8.elementsEqual(theirs.utf8)
        case (.array(let ours), let theirs as [Any]):
            ours.count == theirs.count && zip(ours, theirs).allSatisfy(isSame)
        case (.object(let ours), let theirs as [String: Any]):
            ours.count == theirs.count
                && ours.allSatisfy { key, value in theirs[key].map { isSame(value, $0) } ?? false }
        default: false
        }
    }

    private static func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        let place = Int(random.next() % UInt64(bytes.count))
        let piece = pieces[Int(random.next() % UInt64(pieces.count))]
        switch random.next() % 4 {
        case 0: bytes[place] = piece
        case 1: bytes.insert(piece, at: place)
        case 2 where bytes.count > 1: bytes.remove(at: place)
        default:
            let end = min(bytes.count, place + Int(random.next() % 8))
            bytes.insert(contentsOf: bytes[place..<end], at: Int(random.next() % UInt64(bytes.count)))
        }
    }
}

/// Source: S. Vigna, *SplitMix64*, 2015.
private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
