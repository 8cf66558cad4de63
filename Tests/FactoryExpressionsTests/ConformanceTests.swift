import FactoryExpressions
import Testing

@Suite("A conformance suite")
struct ConformanceTests {
    @Test("is run and compared by value and type")
    func run() throws {
        let suite = try ConformanceSuite(
            parsing: Array(
                """
                {"suite":"a","section":"s","name":"int","expr":"1 + x","bindings":{"x":{"int":"2"}},"value":{"int":"3"}}
                {"suite":"a","section":"s","name":"type","expr":"1","value":{"double":"1.0"}}

                {"suite":"b","section":"t","name":"error","expr":"1 / 0","error":true}
                {"suite":"b","section":"t","name":"none","expr":"[1, 'x']","error":true}
                {"suite":"b","section":"t","name":"map","expr":"{'a': b'A'}","value":{"map":[[{"string":"a"},{"bytes":"QQ=="}]]}}
                {"suite":"b","section":"t","name":"name","expr":"a.b","bindings":{"a.b":{"null":null}},"value":{"null":null}}
                {"suite":"b","section":"t","name":"call","expr":"a.nope() || true","value":{"bool":true}}
                """.utf8))
        let report = suite.run()
        #expect(report.total == 7)
        #expect(report.passed == 5)
        #expect(report.suites.map(\.name) == ["a", "b"])
        let failure = try #require(report.suites[0].failures.first)
        #expect(failure.expected == "1.0")
        #expect(failure.actual == "1")
        #expect(report.suites[1].failures.map(\.name) == ["none"])
        #expect(report.suites[1].failures.first?.expected == "an error")
    }

    @Test(
        "is refused with its line where it is malformed",
        arguments: ["x", "{}", #"{"suite":"a","section":"s","name":"n","expr":"1"}"#])
    func malformed(line: String) {
        let error = #expect(throws: ConformanceError.self) { try ConformanceSuite(parsing: Array("\n\(line)".utf8)) }
        #expect(error?.line == 2)
    }
}
