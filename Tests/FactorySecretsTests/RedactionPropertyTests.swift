import FactorySecrets
import Testing

@Suite("Redaction of random secrets") struct RedactionPropertyTests {
    @Test("leaves no spelling of them, wherever the text around them is cut", arguments: 0..<40)
    func property(_ seed: UInt64) {
        var random = SeededRandom(state: seed)
        let secrets = (0..<Int.random(in: 1...4, using: &random)).map { _ in Spelling.secret(&random) }
        let redactor = Redactor(
            secrets: Dictionary(uniqueKeysWithValues: secrets.enumerated().map { ("S\($0.offset)", $0.element) }))
        for secret in secrets {
            for form in Spelling.all(of: secret, &random) {
                let text = Spelling.surroundings(&random) + form + Spelling.surroundings(&random)
                let whole = redactor.redact(text)
                expectGone(secret, from: whole, text)
                var stream = RedactingStream(redactor)
                var shown = ""
                var rest = text.unicodeScalars[...]
                while !rest.isEmpty {
                    let size = Int.random(in: 1...max(1, min(rest.count, 9)), using: &random)
                    shown += stream.feed(String(rest.prefix(size)))
                    rest = rest.dropFirst(size)
                }
                shown += stream.finish()
                #expect(shown == whole, "a stream redacts what a whole text does: \(text)")
            }
        }
    }

    @Test("leaves every text as it is that holds none of them", arguments: 0..<20)
    func harmless(_ seed: UInt64) {
        var random = SeededRandom(state: seed &+ 1_000)
        let redactor = Redactor(secrets: ["KEY": "Vq9-a secret that nothing here holds"])
        let text = (0..<50).map { _ in Spelling.surroundings(&random) }.joined()
        #expect(redactor.redact(text) == text)
        var stream = RedactingStream(redactor)
        #expect(text.map { stream.feed(String($0)) }.joined() + stream.finish() == text)
    }

    private func expectGone(_ secret: String, from shown: String, _ text: String) {
        let lowered = shown.lowercased()
        #expect(!shown.contains(secret), "plain: \(text)")
        #expect(!lowered.contains(Spelling.hex(secret)), "hex: \(text)")
        for alignment in 0..<3 {
            let core = Spelling.base64Core(secret, alignment: alignment)
            #expect(!shown.contains(core), "base64: \(text)")
            #expect(!shown.contains(Spelling.urlSafe(core)), "base64url: \(text)")
        }
        #expect(!shown.contains(Spelling.percent(secret)), "URL-encoded: \(text)")
        #expect(!shown.contains(Spelling.json(secret)), "JSON: \(text)")
    }
}

/// Ways to write a secret, each by code of its own.
private enum Spelling {
    private static let characters = Array(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=-_.~!@#$%^&*() \"'\\<>äßé€😀\t")
    private static let around = Array("abcXYZ012 .,:;{}[]\"\\%+/=\n&-_é😀")

    static func secret(_ random: inout SeededRandom) -> String {
        while true {
            let text = String((0..<Int.random(in: 6...40, using: &random)).map { _ in random.pick(characters) })
            let isTrimmed = text.first?.isWhitespace == false && text.last?.isWhitespace == false
            if text.utf8.count >= 6, isTrimmed { return text }
        }
    }

    static func surroundings(_ random: inout SeededRandom) -> String {
        String((0..<Int.random(in: 0...12, using: &random)).map { _ in random.pick(around) })
    }

    static func all(of secret: String, _ random: inout SeededRandom) -> [String] {
        let plain = Base64.encode(Array(secret.utf8))
        let before = surroundings(&random)
        let within = Base64.encode(Array((before + secret + surroundings(&random)).utf8))
        let mixed = String(hex(secret).map { Bool.random(using: &random) ? Character($0.uppercased()) : $0 })
        return [
            secret, plain, urlSafe(plain), plain.replacing("=", with: ""), percent(plain), within, urlSafe(within),
            hex(secret), hex(secret).uppercased(), mixed, percent(secret), percent(secret).replacing("%20", with: "+"),
            percent(secret).lowercasedEscapes(), json(secret), json(json(secret)), "\(secret)\(secret)",
            secret.unicodeScalars.map { "\\u" + String($0.value, radix: 16).leftPadded(to: 4) }.joined(),
        ].filter { !$0.contains("\\u1f") }
    }

    static func hex(_ text: String) -> String {
        text.utf8.map { String($0, radix: 16).leftPadded(to: 2) }.joined()
    }

    static func percent(_ text: String) -> String {
        let kept = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~".utf8)
        return text.utf8.map { byte in
            kept.contains(byte)
                ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16, uppercase: true).leftPadded(to: 2)
        }.joined()
    }

    static func json(_ text: String) -> String {
        text.map { character in
            switch character {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\t": "\\t"
            case "\n": "\\n"
            default: String(character)
            }
        }.joined()
    }

    static func urlSafe(_ text: String) -> String { text.replacing("+", with: "-").replacing("/", with: "_") }

    /// The digits that do not depend on what stands around the secret.
    static func base64Core(_ secret: String, alignment: Int) -> String {
        let encoded = Base64.encode(Array(repeating: 0, count: alignment) + Array(secret.utf8))
        let start = (alignment * 8 + 5) / 6
        let end = (alignment + secret.utf8.count) * 8 / 6
        return String(Array(encoded)[start..<end])
    }
}

extension String {
    fileprivate func leftPadded(to count: Int) -> String {
        String(repeating: "0", count: max(0, count - self.count)) + self
    }

    /// `%2F` as `%2f`, all else as it is.
    fileprivate func lowercasedEscapes() -> String {
        var result = ""
        var digits = 0
        for character in self {
            result.append(digits > 0 ? Character(character.lowercased()) : character)
            digits = character == "%" ? 2 : max(0, digits - 1)
        }
        return result
    }
}

/// SplitMix64: the same numbers for the same seed.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &self)]
    }
}
