/// Recognises literals that look like keys, so that none is stored in a document.
enum SecretLiterals {
    /// The kind of key that `text` holds, as a noun; nil when there is none. The key itself is never repeated.
    static func kind(in text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 16 else { return nil }
        for index in bytes.indices {
            guard isStart(bytes[index]), index == 0 || !isWord(bytes[index - 1]) else { continue }
            let rest = bytes[index...]
            if let pattern = patterns.first(where: { $0.matches(rest) }) { return pattern.kind }
        }
        return nil
    }

    private struct Pattern {
        let prefix: [UInt8]
        /// Characters behind the prefix, at least.
        let length: Int
        /// True when `-` and `_` count.
        let allowsDashes: Bool
        let kind: String

        init(_ prefix: String, _ length: Int, dashes: Bool = false, _ kind: String) {
            self.prefix = Array(prefix.utf8)
            self.length = length
            allowsDashes = dashes
            self.kind = kind
        }

        func matches(_ bytes: ArraySlice<UInt8>) -> Bool {
            guard bytes.starts(with: prefix) else { return false }
            let body = bytes.dropFirst(prefix.count).prefix { byte in
                isWord(byte) || (allowsDashes && (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")))
            }
            guard body.count >= length else { return false }
            guard allowsDashes else { return true }
            // A few words joined by dashes are no key: keys hold digits or a long run without dashes.
            let digits = body.count { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
            return digits >= 2 || body.split(whereSeparator: { !isWord($0) }).contains { $0.count >= 20 }
        }
    }

    private static let patterns = [
        Pattern("sk-", 20, dashes: true, "an API key"),
        Pattern("ghp_", 30, "a GitHub token"), Pattern("gho_", 30, "a GitHub token"),
        Pattern("ghs_", 30, "a GitHub token"), Pattern("ghu_", 30, "a GitHub token"),
        Pattern("github_pat_", 30, dashes: true, "a GitHub token"),
        Pattern("glpat-", 18, dashes: true, "a GitLab token"),
        Pattern("AKIA", 16, "an AWS access key"), Pattern("ASIA", 16, "an AWS access key"),
        Pattern("xoxb-", 16, dashes: true, "a Slack token"), Pattern("xoxp-", 16, dashes: true, "a Slack token"),
        Pattern("xoxa-", 16, dashes: true, "a Slack token"), Pattern("xoxr-", 16, dashes: true, "a Slack token"),
        Pattern("xoxs-", 16, dashes: true, "a Slack token"),
        Pattern("AIza", 30, dashes: true, "a Google API key"),
        Pattern("hf_", 30, "a Hugging Face token"),
        Pattern("cf_", 40, dashes: true, "an access key"),
    ]

    /// True for the first bytes of the patterns and of the dashes of PEM.
    private static func isStart(_ byte: UInt8) -> Bool { starts[Int(byte)] }

    private static let starts: [Bool] = {
        var table = [Bool](repeating: false, count: 256)
        for pattern in patterns { if let first = pattern.prefix.first { table[Int(first)] = true } }
        return table
    }()

    /// True when `text` holds the beginning of a PEM private key.
    static func holdsPrivateKey(_ text: String) -> Bool {
        guard let start = text.firstRange(of: "-----BEGIN ") else { return false }
        let line = text[start.upperBound...].prefix(40)
        return line.contains("PRIVATE KEY-----")
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
            || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }
}
