/// Which names a document may give to what.
enum DocumentName {
    /// `[a-z0-9]` and `-`, 1 to 64, beginning and ending with a letter or digit.
    static func isPipelineName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { isLower($0) || isDigit($0) || $0 == dash }
            && text.utf8.first != dash && text.utf8.last != dash
    }

    /// `[a-z][a-z0-9_-]*`, at most 64.
    static func isStepID(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLower(first), text.utf8.count <= 64 else { return false }
        return text.utf8.allSatisfy { isLower($0) || isDigit($0) || $0 == dash || $0 == underscore }
    }

    /// Letters, digits, `_` and `-`, beginning with a letter or `_`, at most 64.
    static func isFieldName(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) || first == underscore, text.utf8.count <= 64 else {
            return false
        }
        return text.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == dash || $0 == underscore }
    }

    /// Letters, digits and `_`, not beginning with a digit, at most 128.
    static func isSecretName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !isDigit(first), text.utf8.count <= 128 else { return false }
        return text.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == underscore }
    }

    private static let dash = UInt8(ascii: "-")
    private static let underscore = UInt8(ascii: "_")
    private static func isLower(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }
    private static func isLetter(_ byte: UInt8) -> Bool { isLower(byte | 0x20) }
    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
