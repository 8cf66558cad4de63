extension SandboxText {
    static let headBytes = 256 << 10
    static let tailBytes = 64 << 10

    /// Text of `bytes`, cut in the middle when they are many, never inside a character.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes.count
        isTruncated = bytes.count > Self.headBytes + Self.tailBytes
        guard isTruncated else {
            text = String(decoding: bytes, as: UTF8.self)
            return
        }
        var headEnd = Self.headBytes
        while headEnd > 0, bytes[headEnd] & 0xC0 == 0x80 { headEnd -= 1 }
        var tailStart = bytes.count - Self.tailBytes
        while tailStart < bytes.count, bytes[tailStart] & 0xC0 == 0x80 { tailStart += 1 }
        let head = String(decoding: bytes[..<headEnd], as: UTF8.self)
        let tail = String(decoding: bytes[tailStart...], as: UTF8.self)
        text = head + "\n… \(tailStart - headEnd) bytes left out …\n" + tail
    }
}

/// Turns pieces of UTF-8 into text without cutting a character in two.
struct TextStream {
    private var rest: [UInt8] = []

    /// The text that `piece` completes.
    mutating func append(_ piece: ArraySlice<UInt8>) -> String {
        rest += piece
        // A character has at most four bytes: look for one that starts in the last three and is not whole.
        var end = rest.count
        for back in 1...3 where back <= rest.count {
            let byte = rest[rest.count - back]
            if byte & 0xC0 == 0x80 { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            if length > back { end = rest.count - back }
            break
        }
        let text = String(decoding: rest[..<end], as: UTF8.self)
        rest.removeFirst(end)
        return text
    }

    /// What is left at the end.
    mutating func finish() -> String {
        let text = String(decoding: rest, as: UTF8.self)
        rest = []
        return text
    }
}
