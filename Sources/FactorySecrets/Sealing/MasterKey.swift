import Crypto

/// The key that wraps the data keys of everything sealed in one installation: 256 bits.
///
/// Its bytes are never printed; ``id`` is, and tells keys apart without telling anything of them.
public struct MasterKey: Sendable {
    /// Bytes of a key.
    public static let byteCount = 32

    /// Sixteen hex digits made of the key by SHA-256.
    public let id: String

    let key: SymmetricKey

    /// A new random key.
    public static func random() -> MasterKey {
        MasterKey(key: SymmetricKey(size: .bits256))
    }

    /// Reads a key as text: 64 hex digits, or 44 characters of base64.
    ///
    /// - Returns: nil for anything else.
    public init?(parsing text: String) {
        let text = text.trimmingLineEnds()
        guard let bytes = Self.bytes(ofHex: text) ?? Self.base64(text), bytes.count == Self.byteCount else {
            return nil
        }
        self.init(key: SymmetricKey(data: bytes))
    }

    private init(key: SymmetricKey) {
        self.key = key
        var digest = SHA256()
        digest.update(data: Array("code-factory master key id".utf8))
        key.withUnsafeBytes { digest.update(bufferPointer: $0) }
        id = Self.hexText(digest.finalize().prefix(SealedValue.idBytes))
    }

    /// The key as it stands in a file.
    var text: String { key.withUnsafeBytes { Self.hexText($0) } + "\n" }

    static func hexText(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The bytes of hex digits; nil for any other text.
    static func bytes(ofHex text: String) -> [UInt8]? {
        let digits = text.utf8.map(HexDigits.value)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[place], let low = digits[place + 1] else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func base64(_ text: String) -> [UInt8]? {
        let digits = text.utf8.prefix { $0 != UInt8(ascii: "=") }.map(Base64Needle.value)
        guard text.utf8.count == 44, digits.count == 43, text.hasSuffix("="), digits.allSatisfy({ $0 < 64 }) else {
            return nil
        }
        var (bits, count, bytes): (UInt32, Int, [UInt8]) = (0, 0, [])
        for digit in digits {
            bits = bits << 6 | UInt32(digit)
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        return bytes
    }
}

extension String {
    /// This text without blanks and line ends at its end.
    func trimmingLineEnds() -> String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
