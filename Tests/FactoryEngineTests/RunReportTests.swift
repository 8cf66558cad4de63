import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryTestKit
import Testing

@Suite("A run as it is printed") struct RunReportTests {
    let bench = Bench()

    @Test("has the members that the API promises, of the run, its steps and their attempts")
    func members() async throws {
        let executor = ScriptedExecutor([
            "a": { _ throws(StepFailure) in
                throw StepFailure(code: "http_status", class: .serverError, message: "500", hint: "later")
            },
            "b": { _ in
                .output(
                    StepOutput(
                        value: ["n": 1], usage: Usage(calls: 1, inputTokens: 3, outputTokens: nil, costUSD: nil),
                        isolation: "full"))
            },
        ])
        let report = try await bench.run("steps:\n" + step("a", "on_error: continue") + step("b"), [executor])
        let json = report.json
        #expect(
            json.objectValue?.keys.sorted() == [
                "changes", "created_at", "duration_ms", "environment", "error", "finished_at", "forked_from",
                "handled_errors", "id", "inputs", "isolation", "links", "mode", "number", "only", "outputs", "owner",
                "parent", "paused", "pipeline", "started_at", "status", "steps", "trigger", "usage", "variables",
                "version",
            ])
        let steps = try #require(json["steps"]?.arrayValue)
        #expect(
            steps[0].objectValue?.keys.sorted() == [
                "attempts", "branch", "cached", "duration_ms", "error", "handled", "id", "isolation", "output", "path",
                "skipped_because", "started_at", "status", "type", "usage", "waiting_for", "warnings",
            ])
        #expect(
            steps[0]["error"] == ["code": "http_status", "class": "server_error", "message": "500", "hint": "later"])
        #expect(steps[0]["attempts"]?.arrayValue?.count == 1)
        #expect(
            steps[0]["attempts"]?.arrayValue?.first?.objectValue?.keys.sorted() == [
                "duration_ms", "error", "number", "started_at", "status", "with",
            ])
        #expect(json["handled_errors"]?.arrayValue?.first?["step"] == "a")
        #expect(json["isolation"] == "full")
        // What a provider did not say is unknown, not zero.
        #expect(json["usage"] == ["calls": 1, "input_tokens": 3, "output_tokens": nil, "cost_usd": nil])
        #expect(json["changes"]?["status"] == "none")
        #expect(json["pipeline"] == ["id": nil, "name": "bench"])
    }
}
