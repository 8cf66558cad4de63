import Testing

@testable import FactoryNetwork

@Suite("A URL to request") struct OutboundURLTests {
    @Test(
        "is read once, into one form",
        arguments: [
            ("http://Example.COM", "http://example.com/"), ("HTTPS://a.example:443/x", "https://a.example/x"),
            ("http://a.example:8080/x?y=z#part", "http://a.example:8080/x?y=z"),
            ("http://a.example?x=1", "http://a.example/?x=1"), ("http://a.example./", "http://a.example/"),
            ("http://192.0.2.1:80/", "http://192.0.2.1/"), ("http://[2001:DB8::0:1]/", "http://[2001:db8::1]/"),
            ("http://a.example/a b/ü?q=“x”", "http://a.example/a%20b/%C3%BC?q=%E2%80%9Cx%E2%80%9D"),
            ("http://a.example/%2e%2E/a%2Fb", "http://a.example/%2e%2E/a%2Fb"),
            ("http://a.example/?a[0]=1|2", "http://a.example/?a%5B0%5D=1%7C2"),
            ("http://xn--bcher-kva.example/", "http://xn--bcher-kva.example/"),
            ("http://my_service-1.internal/", "http://my_service-1.internal/"),
        ])
    func canonical(text: String, expected: String) throws {
        #expect(try OutboundURL(parsing: text).description == expected)
    }

    @Test(
        "is refused when it is anything else",
        arguments: [
            "", "example.com", "ftp://example.com/", "file:///etc/passwd", "http:/example.com", "http://",
            "http:///path", "http://:80/", "http://a.example:0/", "http://a.example:65536/", "http://a.example:/",
            "http://a.example:8o/", "http://user@a.example/", "http://user:pass@a.example/", "http://a.example\\@b/",
            "http://a.example\\.b/", "http://a.example/\r\nHost: b", "http://a.example/\n", "http://a.example/\u{0}",
            "http://a.example/\u{7F}", "http://a.example/\u{85}", "http://a.example/%", "http://a.example/%zz",
            "http://a.example/%2", "http://bücher.example/", "http://a..example/", "http://-a.example/",
            "http://a-.example/", "http://a b/", "http://a%2eexample/", "http://127.1/", "http://2130706433/",
            "http://0x7f.1/", "http://017700000001/", "http://0x7f000001/", "http://1.2.3.4.5/", "http://a.1/",
            "http://a.0x1/", "http://256.1.1.1/", "http://[::1/", "http://[127.0.0.1]/", "http://[fe80::1%25eth0]/",
            "http://::1/", "javascript:alert(1)", " http://a.example/",
        ])
    func refused(text: String) {
        #expect(throws: URLProblem.self) { try OutboundURL(parsing: text) }
    }

    @Test("is refused beyond 16 KiB")
    func tooLong() throws {
        let base = "http://a.example/"
        let longest = base + String(repeating: "a", count: OutboundURL.maxBytes - base.count)
        #expect(try OutboundURL(parsing: longest).target.count > 16_000)
        #expect(throws: URLProblem.self) { try OutboundURL(parsing: longest + "a") }
    }

    @Test(
        "resolves what a redirect names",
        arguments: [
            ("http://b.example/y", "http://b.example/y"), ("//b.example/y", "https://b.example/y"),
            ("/y?z", "https://a.example:8443/y?z"), ("y", "https://a.example:8443/dir/y"),
            ("../y", "https://a.example:8443/y"), ("./y/./z", "https://a.example:8443/dir/y/z"),
            ("../../../y", "https://a.example:8443/y"), ("?z=1", "https://a.example:8443/dir/x?z=1"),
            ("", "https://a.example:8443/dir/x?q=1"), ("#top", "https://a.example:8443/dir/x?q=1"),
            ("y?u=http://c/", "https://a.example:8443/dir/y?u=http://c/"), (".", "https://a.example:8443/dir/"),
        ])
    func resolving(reference: String, expected: String) throws {
        let base = try OutboundURL(parsing: "https://a.example:8443/dir/x?q=1")
        #expect(try base.resolving(reference).description == expected)
    }

    @Test("resolves no other scheme", arguments: ["javascript:alert(1)", "mailto:a@b", "file:///x", "gopher://a/"])
    func otherSchemes(reference: String) throws {
        let base = try OutboundURL(parsing: "https://a.example/")
        #expect(throws: URLProblem.self) { try base.resolving(reference) }
    }

    @Test("takes query fields and paths after its own")
    func building() throws {
        let base = try OutboundURL(parsing: "http://a.example/v1/?x=1")
        #expect(base.addingQuery([("a&b", "c=d+ü")]).target == "/v1/?x=1&a%26b=c%3Dd%2B%C3%BC")
        #expect(try base.appendingPath("/chat").target == "/v1/chat")
        #expect(base.addingQuery([]) == base)
    }
}
