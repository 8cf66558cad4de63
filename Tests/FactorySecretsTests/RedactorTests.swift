import FactoryJSON
import FactorySecrets
import Testing

@Suite("A redactor") struct RedactorTests {
    let redactor = Redactor(secrets: ["KEY": "hunter2-hunter2", "SHORT": "abc", "TWO": "first line\nsecond line"])

    @Test(
        "finds a secret in the forms it takes on its way",
        arguments: [
            "hunter2-hunter2", "aHVudGVyMi1odW50ZXIy", "68756e746572322d68756e74657232",
            "68756E746572322D68756E74657232",
        ])
    func forms(_ form: String) {
        #expect(redactor.redact("x \(form) y") == "x [secret KEY] y")
    }

    @Test("finds a secret inside a longer base64 text, wherever it begins", arguments: ["", "u", "us", "use"])
    func insideBase64(_ before: String) {
        let encoded = Base64.encode(Array("\(before):hunter2-hunter2!".utf8))
        #expect(redactor.redact(encoded) != encoded)
        // The control: the same text without the secret stays.
        let harmless = Base64.encode(Array("\(before):nothing to see!".utf8))
        #expect(redactor.redact(harmless) == harmless)
    }

    @Test("finds each line of a secret of several lines")
    func lines() {
        #expect(redactor.redact("> second line") == "> [secret TWO]")
    }

    @Test("leaves values shorter than six bytes alone")
    func short() {
        #expect(redactor.redact("abc abc") == "abc abc")
    }

    @Test("finds a secret that is cut in pieces, whatever the cut", arguments: 1..<15)
    func pieces(_ cut: Int) {
        let text = "before hunter2-hunter2 after"
        let place = text.index(text.startIndex, offsetBy: 7 + cut)
        var stream = RedactingStream(redactor)
        let shown = stream.feed(String(text[..<place])) + stream.feed(String(text[place...])) + stream.finish()
        #expect(shown == "before [secret KEY] after")
    }

    @Test("finds the longer of two secrets that begin alike, whatever the cut", arguments: 1..<12)
    func alike(_ cut: Int) {
        let text = "abcdefghijkl."
        var stream = RedactingStream(Redactor(secrets: ["SHORT": "abcdef", "LONG": "abcdefghijkl"]))
        let place = text.index(text.startIndex, offsetBy: cut)
        let shown = stream.feed(String(text[..<place])) + stream.feed(String(text[place...])) + stream.finish()
        #expect(shown == "[secret LONG].")
    }

    @Test("cuts no character in two, however the pieces come")
    func characters() {
        let text = "é€😀 hunter2-hunter2 ü" + String(repeating: "😀é", count: 100)
        for size in 1...7 {
            var stream = RedactingStream(redactor)
            var shown = ""
            var rest = text[...]
            while !rest.isEmpty {
                shown += stream.feed(String(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            #expect(shown + stream.finish() == text.replacing("hunter2-hunter2", with: "[secret KEY]"))
        }
    }

    @Test("holds back no more of a stream than the longest form has bytes, less one")
    func heldBack() {
        let redactor = Redactor(secrets: ["KEY": "123456"])
        var stream = RedactingStream(redactor)
        // The longest form is the hex one, of twelve bytes.
        #expect(stream.feed(String(repeating: "x", count: 100)).utf8.count == 89)
        #expect(stream.finish().utf8.count == 11)
        #expect(stream.finish().isEmpty)
    }

    @Test("looks for a value of six bytes, and for none of five")
    func shortest() {
        let redactor = Redactor(secrets: ["SIX": "qwertz", "FIVE": "asdfg"])
        #expect(redactor.redact("qwertz asdfg") == "[secret SIX] asdfg")
    }

    @Test("replaces every one of many, side by side")
    func many() {
        let text = String(repeating: "hunter2-hunter2", count: 2_000)
        #expect(redactor.redact(text) == String(repeating: "[secret KEY]", count: 2_000))
    }
}

@Suite("A vault") struct SecretVaultTests {
    let vault = SecretVault(values: ["TOKEN": "value-of-token"], nonce: "n0nce")

    @Test("gives expressions a mark that is not the value, and executors the value")
    func marks() throws {
        let mark = try #require(vault.marks["TOKEN"]?.stringValue)
        #expect(!mark.contains("value-of-token"))
        #expect(vault.reveal("Bearer \(mark)") == "Bearer value-of-token")
        #expect(vault.conceal("Bearer \(mark)") == "Bearer {{ secrets.TOKEN }}")
    }

    @Test("does not take the look of a reference for a mark")
    func noForgery() {
        #expect(vault.reveal("{{ secrets.TOKEN }}") == "{{ secrets.TOKEN }}")
        #expect(vault.reveal("\u{E000}secret:other:TOKEN\u{E001}").contains("value-of-token") == false)
    }

    @Test("conceals values in keys and at any depth")
    func depth() {
        #expect(
            vault.conceal(["value-of-token": [["a": "x value-of-token"]]])
                == ["[secret TOKEN]": [["a": "x [secret TOKEN]"]]])
    }
}

/// The standard encoding, by bit arithmetic of its own.
private enum Base64 {
    static func encode(_ bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for digit in 0..<4 {
                text.append(digit <= group.count ? letters[bits >> (18 - 6 * digit) & 63] : "=")
            }
        }
        return text
    }
}
