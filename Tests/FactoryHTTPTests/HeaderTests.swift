import FactoryAPI
import Testing

@Suite("Headers") struct HeaderTests {
    @Test(
        "mean a range of bytes, the whole, or none",
        arguments: [
            (nil, ByteRange.whole), ("bytes=0-0", .part(0..<1)), ("bytes=2-", .part(2..<10)),
            ("bytes=-4", .part(6..<10)), ("bytes=-40", .part(0..<10)), ("bytes=8-99", .part(8..<10)),
            ("bytes=10-", .unsatisfiable), ("bytes=-0", .unsatisfiable), ("bytes=3-2", .whole),
            ("bytes=0-1,3-4", .whole), ("bytes=a-b", .whole), ("items=0-1", .whole), ("bytes=", .whole),
            ("bytes=9999999999999999999-", .whole), ("bytes=+1-2", .whole),
        ] as [(String?, ByteRange)])
    func ranges(_ header: String?, _ expected: ByteRange) { #expect(ByteRange(header, size: 10) == expected) }

    @Test("have no satisfiable range in nothing")
    func emptyRange() { #expect(ByteRange("bytes=0-", size: 0) == .unsatisfiable) }

    @Test("match entity tags strongly")
    func tags() {
        let tag = EntityTag(revision: 7)
        #expect(tag.description == "\"7\"")
        for text in ["\"7\"", "*", "\"6\", \"7\"", "  \"7\" "] {
            #expect(EntityTagCondition(parsing: text).matches(tag), "\(text)")
        }
        for text in ["7", "W/\"7\"", "\"70\"", "", "\"7", "'7'"] {
            #expect(!EntityTagCondition(parsing: text).matches(tag), "\(text)")
        }
    }

    @Test("name kinds of content, in UTF-8 alone")
    func kinds() {
        #expect(MediaKind(contentType: "application/json") == .json)
        #expect(MediaKind(contentType: "Application/JSON; Charset=\"UTF-8\"") == .json)
        #expect(MediaKind(contentType: "text/yaml") == .yaml)
        for text in ["", "text/plain", "application/json; charset=latin1", "json", "application/jsonx"] {
            #expect(MediaKind(contentType: text) == nil, "\(text)")
        }
    }

    @Test("prefer what they weigh most, JSON where they do not care")
    func acceptance() {
        let kinds: [MediaKind] = [.json, .yaml]
        #expect(Acceptance(nil).best(of: kinds) == .json)
        #expect(Acceptance("application/yaml").best(of: kinds) == .yaml)
        #expect(Acceptance("application/json;q=0.5, application/yaml").best(of: kinds) == .yaml)
        #expect(Acceptance("text/html, */*;q=0.1").best(of: kinds) == .json)
        #expect(Acceptance("application/json;q=0, */*").best(of: kinds) == .yaml)
        #expect(Acceptance("text/html").best(of: kinds) == nil)
    }

    @Test("ask for a wait in seconds, at most a minute")
    func waits() {
        #expect(WaitPreference.seconds("wait=30") == 30)
        #expect(WaitPreference.seconds("respond-async, wait=5") == 5)
        #expect(WaitPreference.seconds("wait=3600") == WaitPreference.longestSeconds)
        for text in ["wait", "wait=-1", "wait=x", "await=1", ""] { #expect(WaitPreference.seconds(text) == nil) }
        #expect(WaitPreference.seconds(nil) == nil)
    }
}
