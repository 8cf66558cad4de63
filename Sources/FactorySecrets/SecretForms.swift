/// The ways a secret value shows up in logs, URLs and documents.
enum SecretForms {
    /// Every form of `value`, itself included, without repeats.
    static func all(of value: String) -> Set<[UInt8]> {
        let bytes = Array(value.utf8)
        var forms: Set<[UInt8]> = [bytes, hex(bytes, digits: lowerHex), hex(bytes, digits: upperHex)]
        // Base64 of a text that contains the value depends on where the value begins: three alignments.
        for alignment in 0..<3 {
            for alphabet in [standard, urlSafe] {
                let form = base64Core(of: bytes, alignment: alignment, alphabet: alphabet)
                if form.count >= Redactor.minimumBytes { forms.insert(form) }
            }
        }
        forms.insert(percentEncoded(bytes, digits: upperHex))
        forms.insert(percentEncoded(bytes, digits: lowerHex))
        forms.insert(jsonEscaped(value))
        return forms
    }

    private static let lowerHex = Array("0123456789abcdef".utf8)
    private static let upperHex = Array("0123456789ABCDEF".utf8)
    private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    private static let standard = Array((letters + "+/").utf8)
    private static let urlSafe = Array((letters + "-_").utf8)

    private static func hex(_ bytes: [UInt8], digits: [UInt8]) -> [UInt8] {
        bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    /// The base64 digits that depend on `bytes` alone when `alignment` unknown bytes stand before them.
    private static func base64Core(of bytes: [UInt8], alignment: Int, alphabet: [UInt8]) -> [UInt8] {
        let padded = [UInt8](repeating: 0, count: alignment) + bytes
        let firstBit = alignment * 8
        let lastBit = padded.count * 8
        let firstDigit = (firstBit + 5) / 6
        let endDigit = lastBit / 6
        guard firstDigit < endDigit else { return [] }
        return (firstDigit..<endDigit).map { digit in
            var value = 0
            for bit in (digit * 6)..<(digit * 6 + 6) {
                value = value << 1 | Int(padded[bit / 8] >> UInt8(7 - bit % 8) & 1)
            }
            return alphabet[value]
        }
    }

    private static func percentEncoded(_ bytes: [UInt8], digits: [UInt8]) -> [UInt8] {
        let unreserved = Set((letters + "-._~").utf8)
        return bytes.flatMap { byte -> [UInt8] in
            unreserved.contains(byte) ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }

    private static func jsonEscaped(_ value: String) -> [UInt8] {
        var result: [UInt8] = []
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""): result += Array("\\\"".utf8)
            case UInt8(ascii: "\\"): result += Array("\\\\".utf8)
            case UInt8(ascii: "\n"): result += Array("\\n".utf8)
            case UInt8(ascii: "\r"): result += Array("\\r".utf8)
            case UInt8(ascii: "\t"): result += Array("\\t".utf8)
            default: result.append(byte)
            }
        }
        return result
    }
}
