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

    @Test("holds back nothing but what may be the beginning of a secret")
    func heldBack() {
        var stream = RedactingStream(Redactor(secrets: ["KEY": "correct horse"]))
        #expect(stream.feed("nothing of it; correct hors") == "nothing of it; ")
        #expect(stream.feed("es") == "[secret KEY]s")
        #expect(stream.feed(" and correct ") == " and ")
        #expect(stream.finish() == "correct ")
        #expect(stream.finish().isEmpty)
    }

    @Test("leaves no digit and no padding behind a secret in base64", arguments: ["hunter2", "hunter22", "hunter222"])
    func paddedTail(_ value: String) {
        let redactor = Redactor(secrets: ["KEY": value])
        #expect(redactor.redact("key=\(Base64.encode(Array(value.utf8))).") == "key=[secret KEY].")
        #expect(
            redactor.redact("key=\(Base64.encode(Array(value.utf8)).replacing("=", with: ""))") == "key=[secret KEY]")
    }

    @Test(
        "finds a secret that was escaped, in part or more than once",
        arguments: [
            #"a "b"/c\d é😀!"#, #"a \"b\"/c\\d \u00e9\ud83d\ude00!"#, #"a \\\"b\\\"\\/c\\\\d \\u00E9\\uD83D\\uDE00!"#,
            "a%20%22b%22%2Fc%5Cd%20%C3%A9%F0%9F%98%80%21", "a+%22b%22/c%5cd+%c3%a9%f0%9f%98%80!",
            #"a &quot;b&#34;/c\d é😀!"#, #"a \x22b\x22/c\x5cd \xc3\xa9\xf0\x9f\x98\x80!"#, #"a\ \"b\"/c\\d\ é😀\!"#,
        ])
    func escaped(_ form: String) {
        let redactor = Redactor(secrets: ["KEY": #"a "b"/c\d é😀!"#])
        #expect(redactor.redact("<\(form)>") == "<[secret KEY]>")
    }

    @Test("finds base64 and hex that were wrapped at the end of a line")
    func wrapped() {
        let value = "a rather long secret that needs more than one line of base64"
        let redactor = Redactor(secrets: ["KEY": value])
        let base64 = Base64.encode(Array(value.utf8))
        #expect(redactor.redact(base64.prefix(40) + "\n" + base64.dropFirst(40)) == "[secret KEY]")
        #expect(redactor.redact(base64.prefix(40) + "\\r\\n" + base64.dropFirst(40)) == "[secret KEY]")
        let hex = value.utf8.map { String($0, radix: 16) }
        for separator in [":", " ", "-", "\n"] {
            #expect(redactor.redact(hex.joined(separator: separator)) == "[secret KEY]")
        }
    }

    @Test("leaves nothing of two secrets that overlap")
    func overlap() {
        let redactor = Redactor(secrets: ["A": "abcdefgh", "B": "efghijkl"])
        #expect(redactor.redact("<abcdefghijkl>") == "<[secret A]>")
        for cut in 1..<13 {
            let text = "<abcdefghijkl>"
            let place = text.index(text.startIndex, offsetBy: cut)
            var stream = RedactingStream(redactor)
            #expect(
                stream.feed(String(text[..<place])) + stream.feed(String(text[place...])) + stream.finish()
                    == "<[secret A]>")
        }
    }

    @Test("reads a text of nothing but backslashes in no time to speak of")
    func backslashes() {
        let redactor = Redactor(secrets: ["KEY": String(repeating: #"\"#, count: 500) + "end"])
        let text = String(repeating: #"\"#, count: 20_000)
        #expect(redactor.redact(text) == text)
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

    let anywhere = SecretDestination(host: "api.example.com", port: 443)

    @Test("gives expressions a mark that is not the value, and executors the value")
    func marks() throws {
        let mark = try #require(vault.marks["TOKEN"]?.stringValue)
        #expect(!mark.contains("value-of-token"))
        #expect(try vault.reveal("Bearer \(mark)", for: anywhere) == "Bearer value-of-token")
        #expect(vault.conceal("Bearer \(mark)") == "Bearer {{ secrets.TOKEN }}")
    }

    @Test("does not take the look of a reference for a mark")
    func noForgery() throws {
        #expect(try vault.reveal("{{ secrets.TOKEN }}", for: anywhere) == "{{ secrets.TOKEN }}")
        #expect(try !vault.reveal("\u{E000}secret:other:TOKEN\u{E001}", for: anywhere).contains("value-of-token"))
    }

    @Test("conceals a number whose digits are a secret, and no other")
    func numbers() {
        let vault = SecretVault(values: ["PIN": "48151623"], nonce: "n")
        #expect(vault.conceal(["pin": 48_151_623, "sum": 48_151_624]) == ["pin": "[secret PIN]", "sum": 48_151_624])
        #expect(vault.conceal(["pin": 148_151_623.5]) == ["pin": "1[secret PIN].5"])
    }

    @Test("gives a secret that is bound to hosts to requests to these alone")
    func bound() throws {
        let hosts = [try SecretHost(parsing: "*.example.com:443"), try SecretHost(parsing: "10.0.0.1")]
        let vault = SecretVault(secrets: ["TOKEN": RunSecret(value: "value-of-token", hosts: hosts)], nonce: "n")
        let mark = try #require(vault.marks["TOKEN"]?.stringValue)
        #expect(try vault.reveal(mark, for: anywhere) == "value-of-token")
        #expect(
            try vault.reveal([.string(mark)], for: SecretDestination(host: "10.0.0.1", port: 80)) == ["value-of-token"])
        for other in [("example.com", 443), ("api.example.com", 80), ("api.example.com.evil.org", 443)] {
            let destination = SecretDestination(host: other.0, port: other.1)
            #expect(throws: SecretRefusal.otherHost("TOKEN", destination, hosts)) {
                try vault.reveal(["key": ["deep", .string("x \(mark)")]], for: destination)
            }
        }
        #expect(throws: SecretRefusal.boundToHosts("TOKEN", hosts)) { try vault.value(named: "TOKEN") }
        #expect(throws: SecretRefusal.missing("OTHER")) { try vault.value(named: "OTHER") }
    }

    @Test("conceals values in keys and at any depth")
    func depth() {
        #expect(
            vault.conceal(["value-of-token": [["a": "x value-of-token"]]])
                == ["[secret TOKEN]": [["a": "x [secret TOKEN]"]]])
    }
}

/// The standard encoding, by bit arithmetic of its own.
enum Base64 {
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
