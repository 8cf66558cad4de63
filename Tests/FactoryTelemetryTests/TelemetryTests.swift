import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryNetwork
import FactoryStore
import FactoryTestKit
import NIOPosix
import Testing

@testable import FactoryTelemetry

@Suite("What a run tells", .timeLimit(.minutes(1))) struct TelemetryTests {
    let lines = Lines()
    let run: ID<Run> = ID(rawValue: "run_01jd3m9q4t8c6v2x5z7k0w1y3b")
    let stepID: ID<StepRun> = ID(rawValue: "sr_1")

    func at(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: 1_700_000_000_000 + seconds * 1_000) }

    func record(_ status: RunStatus, finished: Timestamp? = nil) -> RunRecord {
        RunRecord(
            id: run, number: 7, pipeline: "demo", document: [:], status: status, trigger: "manual",
            inputs: .inline([:]), workspace: "/w", createdAt: at(0), startedAt: at(0), finishedAt: finished)
    }

    func step(_ status: StepStatus, usage: Usage? = nil, error: StepFailure? = nil) -> StepRunRecord {
        var step = StepRunRecord(id: stepID, path: "ask", stepID: "ask", type: "prompt", position: 0)
        step.status = status
        step.usage = usage
        step.error = error
        step.startedAt = at(1)
        if status.isFinal { step.finishedAt = at(9) }
        if status == .waiting { step.retryDueAt = at(5) }
        return step
    }

    func commit(_ body: (inout RunCommit) -> Void) -> RunCommit {
        var commit = RunCommit(run: run, number: 1, lease: LeaseToken(rawValue: 1))
        body(&commit)
        return commit
    }

    func event(_ sequence: Int64, _ kind: RunEvent.Kind, step: String? = nil, _ data: JSON = [:]) -> RunEvent {
        RunEvent(sequence: sequence, at: at(sequence), kind: kind, step: step, data: data)
    }

    /// A run of one prompt whose first attempt fails and whose second succeeds.
    func decisions() -> [KeptDecision] {
        let failure = StepFailure(code: "rate_limit", class: .rateLimit, message: "too many requests")
        let first = Usage(calls: 1, inputTokens: 10, outputTokens: 0, costUSD: nil, model: "acme/large")
        let second = Usage(calls: 2, inputTokens: 25, outputTokens: 7, costUSD: nil, model: "acme/large")
        let started = commit {
            $0.events = [event(1, .runCreated), event(2, .runStarted), event(3, .attemptStarted, step: "ask")]
            $0.steps = [step(.running)]
            $0.started = [
                AttemptRecord(
                    id: ID(rawValue: "att_1"), stepRun: stepID, number: 1, startEvent: 3, status: .running,
                    startedAt: at(1))
            ]
        }
        let failed = commit {
            $0.events = [event(4, .attemptFailed, step: "ask"), event(5, .stepWaiting, step: "ask", ["for": "retry"])]
            $0.steps = [step(.waiting, usage: first, error: failure)]
            $0.settled = [
                AttemptSettlement(
                    attempt: ID(rawValue: "att_1"), startEvent: 3, of: stepID, status: .failed, error: failure,
                    with: .inline(["model": "large"]), finishedAt: at(3))
            ]
        }
        let again = commit {
            $0.events = [event(6, .attemptStarted, step: "ask")]
            $0.steps = [step(.running, usage: first, error: failure)]
            $0.started = [
                AttemptRecord(
                    id: ID(rawValue: "att_2"), stepRun: stepID, number: 2, startEvent: 6, status: .running,
                    startedAt: at(5))
            ]
        }
        let ended = commit {
            $0.events = [event(7, .stepSucceeded, step: "ask"), event(8, .runFinished, ["status": "succeeded"])]
            $0.steps = [step(.succeeded, usage: second)]
            $0.settled = [
                AttemptSettlement(
                    attempt: ID(rawValue: "att_2"), startEvent: 6, of: stepID, status: .succeeded, finishedAt: at(9))
            ]
        }
        return [started, failed, again].map {
            KeptDecision(run: record(.running), commit: $0, latency: .milliseconds(2))
        }
            + [KeptDecision(run: record(.succeeded, finished: at(9)), commit: ended, latency: .milliseconds(2))]
    }

    @Test("is counted")
    func metrics() throws {
        let metrics = MetricsRegistry()
        let telemetry = Telemetry(metrics: metrics, log: try lines.log("off"))
        for decision in decisions() { telemetry.kept(decision) }
        let text = metrics.text().split(separator: "\n")
        for line in [
            #"code_factory_runs_started_total{trigger="manual"} 1"#,
            #"code_factory_runs_ended_total{status="succeeded"} 1"#,
            #"code_factory_run_duration_seconds_sum{status="succeeded"} 9"#,
            #"code_factory_steps_ended_total{type="prompt",status="succeeded"} 1"#,
            #"code_factory_step_duration_seconds_sum{type="prompt"} 8"#,
            #"code_factory_attempts_started_total{type="prompt"} 2"#,
            #"code_factory_attempts_ended_total{type="prompt",status="failed"} 1"#,
            #"code_factory_attempts_ended_total{type="prompt",status="succeeded"} 1"#,
            #"code_factory_attempt_failures_total{type="prompt",code="rate_limit"} 1"#,
            #"code_factory_retries_total{type="prompt"} 1"#,
            #"code_factory_model_calls_total{model="acme/large"} 2"#,
            #"code_factory_model_tokens_total{model="acme/large",direction="input"} 25"#,
            #"code_factory_model_tokens_total{model="acme/large",direction="output"} 7"#,
            "code_factory_commit_duration_seconds_count 4", #"code_factory_events_total{type="attempt.started"} 2"#,
        ] { #expect(text.contains(Substring(line)), "\(line)") }
        // A price that is not known is no price of zero.
        #expect(!text.contains { $0.hasPrefix("code_factory_model_cost_usd_total{") })
    }

    @Test("is logged")
    func log() throws {
        let telemetry = Telemetry(metrics: MetricsRegistry(), log: try lines.log("info,attempt=debug"))
        for decision in decisions() { telemetry.kept(decision) }
        let logged = try lines.all.map { try JSON(parsing: $0) }
        #expect(
            logged.map { $0["message"]?.stringValue } == [
                "run started", "attempt started", "attempt ended", "step waits for its next attempt", "attempt started",
                "attempt ended", "run ended",
            ])
        #expect(logged.allSatisfy { $0["run"]?.stringValue == run.rawValue })
        #expect(logged[2]["level"] == "warning" && logged[2]["error"] == "rate_limit" && logged[2]["attempt"] == 1)
        #expect(logged[6]["status"] == "succeeded" && logged[6]["duration_ms"] == 9_000)
    }

    @Test("is sent to a collector as run, step and attempt spans")
    func traces() async throws {
        let collector = try await LoopbackServer(on: .singleton) { _ in [.answer(200), .close] }
        let egress = try Egress(policy: EgressPolicy(allowed: [AllowEntry(parsing: "127.0.0.1:\(collector.port)")]))
        let metrics = MetricsRegistry()
        let log = try lines.log("info,run=off,step=off,attempt=off")
        let exporter = SpanExporter(
            to: try TraceTarget(
                endpoint: "http://127.0.0.1:\(collector.port)/", headers: [("X-Key", "k")],
                service: (name: "code-factory", version: "1")),
            through: egress, clock: ManualClock(), log: log, metrics: metrics)
        let telemetry = Telemetry(metrics: metrics, log: log, tracer: RunTracer(exporter: exporter))
        for decision in decisions() { telemetry.kept(decision) }
        exporter.finish()
        await exporter.run()
        await egress.shutdown()
        let request = try #require(collector.requests.first)
        try await collector.stop()
        #expect(collector.requests.count == 1)
        #expect(request.line.hasPrefix("POST /v1/traces "))
        #expect(request.header("content-type") == "application/json" && request.header("x-key") == "k")
        let body = try JSON(parsing: request.body)
        let resource = try #require(body["resourceSpans"]?.arrayValue?.first)
        #expect(resource["resource"]?["attributes"]?.arrayValue?.first?["value"] == ["stringValue": "code-factory"])
        let spans = try #require(resource["scopeSpans"]?.arrayValue?.first?["spans"]?.arrayValue)
        #expect(spans.map { $0["name"]?.stringValue } == ["chat large", "chat large", "step ask", "run demo"])
        #expect(spans.map { $0["kind"]?.intValue } == [3, 3, 1, 1])
        #expect(Set(spans.map { $0["traceId"] }).count == 1)
        #expect(Set(spans.map { $0["spanId"] }).count == 4)
        #expect(spans[0]["traceId"]?.stringValue?.count == 32 && spans[0]["spanId"]?.stringValue?.count == 16)
        #expect(spans[0]["parentSpanId"] == spans[2]["spanId"] && spans[1]["parentSpanId"] == spans[2]["spanId"])
        #expect(spans[2]["parentSpanId"] == spans[3]["spanId"] && spans[3]["parentSpanId"] == nil)
        #expect(spans[0]["status"] == ["code": 2, "message": "too many requests"])
        #expect(spans[0]["startTimeUnixNano"] == "1700000001000000000")
        #expect(spans[3]["endTimeUnixNano"] == "1700000009000000000")
        let attributes = try #require(spans[1]["attributes"]?.arrayValue)
        func attribute(_ name: String) -> JSON? {
            attributes.first { $0["key"]?.stringValue == name }?["value"]
        }
        #expect(attribute("gen_ai.operation.name") == ["stringValue": "chat"])
        #expect(attribute("gen_ai.provider.name") == ["stringValue": "acme"])
        #expect(attribute("gen_ai.request.model") == ["stringValue": "large"])
        #expect(attribute("gen_ai.usage.input_tokens") == ["intValue": "15"])
        #expect(attribute("gen_ai.usage.output_tokens") == ["intValue": "7"])
        #expect(attribute("code_factory.cost_usd") == nil)
        #expect(metrics.text().contains(#"code_factory_trace_spans_total{outcome="exported"} 4"#))
        #expect(lines.all.isEmpty)
    }

    @Test("is told once when the collector does not take it, and counted")
    func failingCollector() async throws {
        let collector = try await LoopbackServer(on: .singleton) { _ in [.answer(503), .close] }
        let egress = try Egress(policy: EgressPolicy(allowed: [AllowEntry(parsing: "127.0.0.1:\(collector.port)")]))
        let metrics = MetricsRegistry()
        let log = try lines.log("info")
        let clock = ManualClock()
        let exporter = SpanExporter(
            to: try TraceTarget(
                endpoint: "http://127.0.0.1:\(collector.port)", service: (name: "code-factory", version: "1")),
            through: egress, clock: clock, log: log, metrics: metrics)
        let span = Span(
            trace: TraceID(run), id: SpanID("x"), parent: nil, name: "x", kind: .internal, start: at(0), end: at(1),
            attributes: [], failure: nil)
        for _ in 0..<SpanExporter.queueLimit + 5 { exporter.add(span) }
        exporter.finish()
        await exporter.run()
        await egress.shutdown()
        try await collector.stop()
        #expect(collector.requests.count == 4)
        #expect(metrics.text().contains(#"code_factory_trace_spans_total{outcome="dropped"} 5"#))
        #expect(metrics.text().contains(#"code_factory_trace_spans_total{outcome="failed"} 2048"#))
        #expect(lines.all.count == 1)
        let told = try JSON(parsing: try #require(lines.all.first))
        #expect(told["reason"] == "the collector answered 503")
    }

    @Test("goes out after a while without being asked")
    func interval() async throws {
        let arrived = Signal()
        let collector = try await LoopbackServer(on: .singleton) { _ in
            arrived.fire()
            return [.answer(200), .close]
        }
        let egress = try Egress(policy: EgressPolicy(allowed: [AllowEntry(parsing: "127.0.0.1:\(collector.port)")]))
        let clock = ManualClock()
        let metrics = MetricsRegistry()
        let exporter = SpanExporter(
            to: try TraceTarget(
                endpoint: "http://127.0.0.1:\(collector.port)", service: (name: "code-factory", version: "1")),
            through: egress, clock: clock, log: try lines.log("off"), metrics: metrics)
        async let running: Void = exporter.run()
        exporter.add(
            Span(
                trace: TraceID(run), id: SpanID("x"), parent: nil, name: "x", kind: .internal, start: at(0), end: at(1),
                attributes: [], failure: nil))
        await clock.untilSleeping(for: SpanExporter.interval)
        #expect(collector.requests.isEmpty)
        clock.advance(by: SpanExporter.interval)
        await arrived.wait()
        exporter.finish()
        await running
        await egress.shutdown()
        try await collector.stop()
    }

    @Test("has a trace id that follows from the run's id")
    func traceID() {
        #expect(TraceID(run).hex == TraceID(run).hex)
        #expect(TraceID(run).hex != TraceID(ID(rawValue: "run_01jd3m9q4t8c6v2x5z7k0w1y3c")).hex)
        #expect(TraceID(ID(rawValue: "run_00000000000000000000000001")).hex == String(repeating: "0", count: 31) + "1")
        #expect(TraceID(ID(rawValue: "run_7zzzzzzzzzzzzzzzzzzzzzzzzz")).hex == String(repeating: "f", count: 32))
        #expect(TraceID(ID(rawValue: "run_x")).hex.count == 32)
    }
}
