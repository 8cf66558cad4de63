import Testing

@testable import FactorySecrets

@Suite("A sealed value") struct SealedValueTests {
    let key = MasterKey.random()
    let purpose = SealPurpose("secret", ["owner", "prod", "NAME", "1"])

    @Test("opens for what it was sealed for, and tells the id of its master key")
    func opens() throws {
        let sealed = try #require(SealedValue.sealing(Array("value".utf8), for: purpose, with: key))
        let read = try #require(SealedValue(sealed.text))
        #expect(read.keyID == key.id)
        #expect(read.opened(for: purpose, with: key) == Array("value".utf8))
        #expect(!sealed.text.contains("76616c7565"))
        #expect(String(sealed.text.dropFirst(2).prefix(16)) == key.id)
    }

    @Test(
        "does not open for another owner, environment, name, version or kind of thing",
        arguments: [
            SealPurpose("secret", ["other", "prod", "NAME", "1"]), SealPurpose("secret", ["owner", "", "NAME", "1"]),
            SealPurpose("secret", ["owner", "prod", "EMAN", "1"]),
            SealPurpose("secret", ["owner", "prod", "NAME", "2"]),
            SealPurpose("provider", ["owner", "prod", "NAME", "1"]),
            SealPurpose("secret", ["ownerp", "rod", "NAME", "1"]),
        ])
    func bound(_ other: SealPurpose) throws {
        let sealed = try #require(SealedValue.sealing(Array("value".utf8), for: purpose, with: key))
        #expect(sealed.opened(for: other, with: key) == nil)
    }

    @Test("does not open when a bit of it is another")
    func changed() throws {
        let sealed = try #require(SealedValue.sealing(Array("value".utf8), for: purpose, with: key))
        for place in stride(from: 2, to: sealed.text.count, by: 7) {
            var digits = Array(sealed.text)
            digits[place] = digits[place] == "0" ? "1" : "0"
            #expect(SealedValue(String(digits))?.opened(for: purpose, with: key) == nil, "digit \(place)")
        }
        #expect(SealedValue(String(sealed.text.dropLast(2)))?.opened(for: purpose, with: key) == nil)
        #expect(SealedValue("") == nil)
        #expect(SealedValue("02" + sealed.text.dropFirst(2)) == nil)
    }

    @Test("is sealed anew each time, with another nonce and another data key")
    func fresh() throws {
        let texts = (0..<50).compactMap { _ in
            SealedValue.sealing(Array("value".utf8), for: purpose, with: key)?.text.dropFirst(18)
        }
        #expect(Set(texts).count == 50)
        #expect(Set(texts.map { $0.prefix(24) }).count == 50)
    }

    @Test("opens with a new master key after it was rewrapped, and no longer with the old one")
    func rewrapped() throws {
        let sealed = try #require(SealedValue.sealing(Array("value".utf8), for: purpose, with: key))
        let new = MasterKey.random()
        let moved = try #require(sealed.rewrapped(from: key, to: new))
        #expect(moved.keyID == new.id)
        #expect(moved.opened(for: purpose, with: new) == Array("value".utf8))
        #expect(moved.opened(for: purpose, with: key) == nil)
        #expect(sealed.rewrapped(from: new, to: key) == nil)
    }

    @Test("takes keys as hex and as base64, which are the same key")
    func keys() throws {
        let hex = try #require(MasterKey(parsing: String(repeating: "ab", count: 32)))
        let base64 = try #require(MasterKey(parsing: "q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\n"))
        #expect(hex.id == base64.id)
        #expect(hex.id.utf8.count == 16)
        #expect(MasterKey(parsing: String(repeating: "ab", count: 31)) == nil)
        #expect(MasterKey(parsing: String(repeating: "xy", count: 32)) == nil)
        #expect(MasterKey(parsing: "") == nil)
    }
}
