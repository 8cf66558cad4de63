/// The key of Standard Webhooks as text: `whsec_` and base64.
enum StandardKey {
    static let prefix = "whsec_"

    /// The key that `text` means. Text of another form is taken as the key itself.
    static func bytes(of text: String) -> [UInt8] {
        guard text.hasPrefix(prefix), let bytes = Base64.bytes(of: text.dropFirst(prefix.count)) else {
            return Array(text.utf8)
        }
        return bytes
    }

    static func text(of bytes: [UInt8]) -> String { prefix + Base64.text(of: bytes) }
}
