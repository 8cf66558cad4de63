import Crypto

/// SHA-256 as lower-case hexadecimal, the form in which the store keeps what it must be able to compare and not to show.
enum Digest {
    /// The digest of `text`.
    static func of(_ text: String) -> String { hex(SHA256.hash(data: Array(text.utf8))) }

    /// `bytes` as lower-case hexadecimal.
    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether two digests are the same, in a time that does not tell where they differ.
    static func same(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
