import CYAML

/// Translates libyaml's character counts to byte offsets.
///
/// Text of ASCII alone needs nothing; otherwise the byte of every 64th character is kept, and the rest counted.
struct CharacterOffsets: Sendable {
    private static let stride = 64
    private let bytes: [UInt8]
    private let checkpoints: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        guard !bytes.allSatisfy({ $0 < 0x80 }) else {
            checkpoints = []
            return
        }
        var (points, character) = ([Int](), 0)
        points.reserveCapacity(bytes.count / Self.stride + 1)
        for index in bytes.indices where bytes[index] & 0xC0 != 0x80 {
            if character % Self.stride == 0 { points.append(index) }
            character += 1
        }
        checkpoints = points
    }

    func byte(at mark: yaml_mark_t) -> Int { byte(atCharacter: Int(mark.index)) }

    /// The byte where character `index` (from 0) begins; the end of the text for one behind the last.
    func byte(atCharacter index: Int) -> Int {
        guard !checkpoints.isEmpty else { return min(index, bytes.count) }
        let point = index / Self.stride
        guard point < checkpoints.count else { return bytes.count }
        var (place, left) = (checkpoints[point], index % Self.stride)
        while left > 0, place < bytes.count {
            place += 1
            while place < bytes.count, bytes[place] & 0xC0 == 0x80 { place += 1 }
            left -= 1
        }
        return place
    }
}
