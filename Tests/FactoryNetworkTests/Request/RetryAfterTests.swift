import Testing

@testable import FactoryNetwork

@Suite("Retry-After") struct RetryAfterTests {
    private func wait(_ fields: [(String, String)]) -> Duration? {
        var headers = HeaderFields()
        for (name, value) in fields { headers.append(name: name, value: value) }
        return headers.retryAfter
    }

    @Test("counts a date from the answer's own date")
    func date() {
        let now = ("Date", "Wed, 21 Oct 2026 07:28:00 GMT")
        #expect(wait([now, ("Retry-After", "Wed, 21 Oct 2026 07:28:30 GMT")]) == .seconds(30))
        #expect(wait([now, ("retry-after", "Wed, 21 Oct 2026 08:28:00 GMT")]) == .seconds(3_600))
        #expect(
            wait([("Date", "Thu, 31 Dec 2026 23:59:59 GMT"), ("Retry-After", "Fri, 01 Jan 2027 00:00:01 GMT")])
                == .seconds(2))
        #expect(
            wait([("Date", "Mon, 28 Feb 2028 23:59:59 GMT"), ("Retry-After", "Tue, 29 Feb 2028 00:00:00 GMT")])
                == .seconds(1))
    }

    @Test(
        "is none for a date that has passed, is an hour off, or cannot be read",
        arguments: [
            "Wed, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026 07:27:59 GMT", "Wed, 21 Oct 2026 08:28:01 GMT",
            "Wed, 21 Okt 2026 07:28:30 GMT", "Wed, 21 Oct 2026 07:28:30 CET", "Wednesday, 21-Oct-26 07:28:30 GMT",
            "Wed, 00 Oct 2026 07:28:30 GMT", "Wed, 21 Oct 2026 24:28:30 GMT", "Wed Oct 21 07:28:30 2026", "soon", "",
            "Xyz, 21 Oct 2026 07:28:30 GMT", "Wed, 21 Oct 2026 07:28:3é GMT",
        ])
    func none(text: String) {
        #expect(wait([("Date", "Wed, 21 Oct 2026 07:28:00 GMT"), ("Retry-After", text)]) == nil)
    }

    @Test("is none for a date when the answer has none of its own")
    func noDate() {
        #expect(wait([("Retry-After", "Wed, 21 Oct 2026 07:28:30 GMT")]) == nil)
        #expect(wait([("Date", "today"), ("Retry-After", "Wed, 21 Oct 2026 07:28:30 GMT")]) == nil)
    }

    @Test("is a number of seconds all the same, and milliseconds go first")
    func seconds() {
        #expect(wait([("Date", "Wed, 21 Oct 2026 07:28:00 GMT"), ("Retry-After", "1.5")]) == .milliseconds(1_500))
        #expect(wait([("Retry-After", "3"), ("retry-after-ms", "20")]) == .milliseconds(20))
        #expect(wait([("Retry-After", "3601")]) == nil)
        #expect(wait([("Retry-After", "nan")]) == nil)
    }

    @Test("knows the beginning of time")
    func epoch() {
        #expect(HTTPDate("Thu, 01 Jan 1970 00:00:00 GMT")?.seconds == 0)
        #expect(HTTPDate("Sun, 06 Nov 1994 08:49:37 GMT")?.seconds == 784_111_777)
    }
}
