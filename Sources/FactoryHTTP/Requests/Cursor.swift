import FactoryJSON

/// The place a list goes on from, as clients see it: text that means nothing to them.
enum Cursor {
    private static let digits = Array("0123456789abcdef".utf8)

    /// `value` as text for a URL.
    static func text(_ value: JSON) -> String {
        String(
            decoding: value.serializedBytes().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The value that ``text(_:)`` was given; nil for any other text.
    static func value(_ text: String) -> JSON? {
        let digits = text.utf8.map { byte in Self.digits.firstIndex(of: byte) }
        guard digits.count % 2 == 0, digits.count <= 2_048, !digits.contains(nil) else { return nil }
        let bytes = stride(from: 0, to: digits.count, by: 2).map { place in
            UInt8((digits[place] ?? 0) << 4 | (digits[place + 1] ?? 0))
        }
        return try? JSON(parsing: bytes)
    }
}
