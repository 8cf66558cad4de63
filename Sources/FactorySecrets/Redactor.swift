/// Finds secret values in text and puts `[secret NAME]` in their place.
///
/// Looked for are the value itself and its base64, base64url, hex (both cases), URL-encoded and JSON-escaped forms,
/// and each line of a value of several lines. Values shorter than ``minimumBytes`` are not looked for: they would match
/// everywhere. Code that has a secret can transform it further, so this is a net, not a wall.
public struct Redactor: Sendable {
    /// Values with fewer UTF-8 bytes than this are left alone.
    public static let minimumBytes = 6

    private struct Needle {
        let text: [UInt8]
        let replacement: [UInt8]
    }

    /// By first byte, the longest first: a value that contains another is replaced as a whole. Empty without secrets.
    private let needles: [[Needle]]

    /// Bytes of the longest form looked for; a stream keeps one less than this back between pieces.
    let longestNeedle: Int

    /// A redactor for `secrets`, plain values by name.
    public init(secrets: [String: String]) {
        var names: [[UInt8]: String] = [:]
        for (name, value) in secrets.sorted(by: { $0.key < $1.key }) {
            let pieces = [value] + value.split(whereSeparator: \.isNewline).map(String.init)
            for piece in pieces where piece.utf8.count >= Self.minimumBytes {
                for form in SecretForms.all(of: piece) where names[form] == nil { names[form] = name }
            }
        }
        longestNeedle = names.keys.map(\.count).max() ?? 0
        guard !names.isEmpty else {
            self.needles = []
            return
        }
        var needles = [[Needle]](repeating: [], count: 256)
        for (text, name) in names {
            needles[Int(text[0])].append(Needle(text: text, replacement: Array("[secret \(name)]".utf8)))
        }
        self.needles = needles.map { $0.sorted { $0.text.count > $1.text.count } }
    }

    /// True when there is nothing to look for.
    public var isEmpty: Bool { longestNeedle == 0 }

    /// `text` with every form of every secret replaced.
    public func redact(_ text: String) -> String {
        guard !isEmpty else { return text }
        let bytes = Array(text.utf8)
        let (shown, _) = redact(bytes, upTo: bytes.count)
        return shown.map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// Redacts what begins before `limit`.
    ///
    /// - Returns: the redacted bytes, nil when nothing was found, and how many bytes they stand for: a secret that
    ///   begins before the limit is taken whole, a character that the limit cuts is not taken.
    func redact(_ bytes: [UInt8], upTo limit: Int) -> (shown: [UInt8]?, taken: Int) {
        var result: [UInt8]?
        var copied = 0
        var place = 0
        while place < limit {
            guard let needle = needles[Int(bytes[place])].first(where: { Self.stands($0.text, at: place, in: bytes) })
            else {
                place += 1
                continue
            }
            result = result ?? []
            result?.append(contentsOf: bytes[copied..<place])
            result?.append(contentsOf: needle.replacement)
            place += needle.text.count
            copied = place
        }
        while place > copied, place < bytes.count, bytes[place] & 0b1100_0000 == 0b1000_0000 { place -= 1 }
        result?.append(contentsOf: bytes[copied..<place])
        return (result, place)
    }

    private static func stands(_ text: [UInt8], at place: Int, in bytes: [UInt8]) -> Bool {
        guard place + text.count <= bytes.count else { return false }
        for offset in text.indices where bytes[place + offset] != text[offset] { return false }
        return true
    }
}
