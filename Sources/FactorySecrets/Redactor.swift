/// Finds secret values in text and puts `[secret NAME]` in their place.
///
/// Looked for are the value itself and its base64, base64url, hex (both cases), URL-encoded and JSON-escaped forms,
/// and each line of a value of several lines. Values shorter than ``minimumBytes`` are not looked for: they would match
/// everywhere. Code that has a secret can transform it further, so this is a net, not a wall.
public struct Redactor: Sendable {
    /// Values with fewer UTF-8 bytes than this are left alone.
    public static let minimumBytes = 6

    private let needles: [(text: [UInt8], name: String)]

    /// A redactor for `secrets`, plain values by name.
    public init(secrets: [String: String]) {
        var needles: [[UInt8]: String] = [:]
        for (name, value) in secrets.sorted(by: { $0.key < $1.key }) {
            let pieces = [value] + value.split(whereSeparator: \.isNewline).map(String.init)
            for piece in pieces where piece.utf8.count >= Self.minimumBytes {
                for form in SecretForms.all(of: piece) where needles[form] == nil { needles[form] = name }
            }
        }
        // Longest first: a value that contains another is replaced as a whole.
        self.needles = needles.map { (text: $0.key, name: $0.value) }
            .sorted { ($0.text.count, $1.name) > ($1.text.count, $0.name) }
    }

    /// True when there is nothing to look for.
    public var isEmpty: Bool { needles.isEmpty }

    /// Bytes of the longest form looked for; a stream keeps one less than this back between pieces.
    public var longestNeedle: Int { needles.first?.text.count ?? 0 }

    /// `text` with every form of every secret replaced.
    public func redact(_ text: String) -> String {
        guard !needles.isEmpty else { return text }
        let bytes = Array(text.utf8)
        guard let redacted = redact(bytes) else { return text }
        return String(decoding: redacted, as: UTF8.self)
    }

    /// The redacted bytes; nil when nothing was found.
    private func redact(_ bytes: [UInt8]) -> [UInt8]? {
        var result: [UInt8]?
        var copied = 0
        var place = 0
        while place < bytes.count {
            guard let needle = needles.first(where: { bytes[place...].starts(with: $0.text) }) else {
                place += 1
                continue
            }
            result = (result ?? []) + bytes[copied..<place] + Array("[secret \(needle.name)]".utf8)
            place += needle.text.count
            copied = place
        }
        return result.map { $0 + bytes[copied...] }
    }
}
