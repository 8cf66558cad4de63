import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryNetwork
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import FactoryTriggers
import NIOCore
import NIOPosix
import Synchronization
import Testing

@Suite("An outgoing webhook") struct OutboxTests {
    let bench: TriggerBench

    init() throws { bench = try TriggerBench(at: "2026-05-04T08:00:00Z") }

    @Test("is told of the end of a run, signed, by what its receiver can check")
    func signed() async throws {
        try await withReceiver(answering: [204]) { receiver, egress in
            let secret = try await run(egress, to: receiver.port) { server, outbox, webhook in
                try await start(on: server)
                try await settled(1, of: webhook, in: outbox)
                let message = try #require(try await outbox.messages(of: webhook, before: nil, limit: 9).first)
                #expect(message.status == .delivered && message.httpStatus == 204 && message.tries == 1)
            }
            let request = try #require(receiver.requests.first)
            #expect(request.line == "POST /told HTTP/1.1" && receiver.requests.count == 1)
            let headers = ["webhook-id", "webhook-timestamp", "webhook-signature"].map {
                ($0, request.header($0) ?? "")
            }
            let call = WebhookCall(headers: headers, body: Array(request.body.utf8))
            let proof = try WebhookVerification(.standard, secret: secret).verify(call, at: bench.now)
            #expect(proof.id?.hasPrefix("msg_") == true)
            let told = try JSON(parsing: request.body)
            #expect(told["type"] == "run.succeeded" && told["data"]?["status"] == "succeeded")
            #expect(told["data"]?["pipeline"]?["name"] == "nightly" && told["data"]?["trigger"] == "webhook")
            #expect(told["data"]?["inputs"] == nil && told["data"]?["outputs"] == nil)
        }
    }

    @Test("is tried again after growing pauses, also by the next process, and given up after nine tries")
    func retries() async throws {
        try await withReceiver(answering: [500]) { receiver, egress in
            let secret = try await run(egress, to: receiver.port) { server, outbox, webhook in
                try await start(on: server)
                for pause in Outbox.pauses.prefix(2) { try await advance(pause) }
                await untilSleeping(.seconds(60))
            }
            #expect(receiver.requests.count == 3 && !secret.isEmpty)
            try await resume(egress) { server, outbox, webhook in
                for pause in Outbox.pauses.dropFirst(2) { try await advance(pause) }
                try await settled(1, of: webhook, in: outbox)
                let message = try #require(try await outbox.messages(of: webhook, before: nil, limit: 9).first)
                #expect(message.status == .failed && message.tries == 9 && message.nextTryAt == nil)
                #expect(message.reason == "given up after 9 tries: it was answered 500")
                // Somebody who mended the other side has it sent once more, under the same id.
                #expect(try await outbox.resend(message.id, of: webhook).status == .pending)
                try await until { receiver.requests.count == 10 }
            }
            #expect(Set(receiver.requests.compactMap { $0.header("webhook-id") }).count == 1)
        }
    }

    @Test("is told at the next start of what ended while nobody was there to hear, once")
    func catchUp() async throws {
        try await withReceiver(answering: [200]) { receiver, egress in
            _ = try await run(egress, to: receiver.port) { _, _, _ in }
            try await bench.withServer(schedules: false) { server in try await start(on: server) }
            for _ in 0..<2 {
                try await resume(egress) { _, outbox, webhook in try await settled(1, of: webhook, in: outbox) }
            }
            #expect(receiver.requests.count == 1)
        }
    }

    @Test("hears of what it asked for, and of runs of its owner's pipelines no words of others")
    func scope() async throws {
        try await withReceiver(answering: [200]) { receiver, egress in
            _ = try await run(egress, to: receiver.port) { server, outbox, webhook in
                let other = try await outbox.create(["url": "http://127.0.0.1:1/x"], for: "stranger").webhook
                let narrow = try await outbox.create(
                    ["url": "http://127.0.0.1:1/x", "events": ["run.failed"]], for: bench.owner
                ).webhook
                try await start(on: server)
                try await settled(1, of: webhook, in: outbox)
                for silent in [other, narrow] {
                    #expect(try await outbox.messages(of: silent, before: nil, limit: 9).isEmpty)
                }
            }
        }
    }

    @Test(
        "is refused where it could not work",
        arguments: [
            ([:], "url"), (["url": "ftp://example.com"], "url"), (["url": "https://u:p@example.com"], "url"),
            (["url": "https://example.com", "events": ["run.exploded"]], "events"),
            (["url": "https://example.com", "events": []], "events"),
            (["url": "https://example.com", "secret": "short"], "secret"),
            (["url": "https://example.com", "secret": nil], "secret"),
            (["url": "https://example.com", "when": 5], "when"),
        ] as [(JSONObject, String)])
    func refusals(members: JSONObject, path: String) async throws {
        try await withReceiver(answering: [200]) { _, egress in
            try await bench.withServer(schedules: false) { server in
                let outbox = outbox(server, egress)
                do {
                    _ = try await outbox.create(members, for: bench.owner)
                    Issue.record("it was taken")
                } catch {
                    guard case .invalid(let problems) = error as? TriggerError else { throw error }
                    #expect(problems.map(\.path) == [path])
                }
            }
        }
    }

    // MARK: - The stage

    private func withReceiver(
        answering statuses: [Int], _ body: (LoopbackServer, Egress) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let server = try await LoopbackServer(on: group) { request in
            let status = statuses[min(request.number, statuses.count - 1)]
            return [.send(Array("HTTP/1.1 \(status) X\r\nContent-Length: 0\r\n\r\n".utf8))]
        }
        let egress = try Egress(
            policy: EgressPolicy(allowed: [try AllowEntry(parsing: "127.0.0.1:\(server.port)")]),
            eventLoopGroup: group)
        let result: Result<Void, any Error>
        do { result = .success(try await body(server, egress)) } catch { result = .failure(error) }
        await egress.shutdown()
        try await server.stop()
        try await group.shutdownGracefully()
        try result.get()
    }

    private func outbox(_ server: TriggerBench.Server, _ egress: Egress) -> Outbox {
        Outbox(
            store: server.store, egress: egress, keys: TriggerBench.keys(server.store),
            ids: IDGenerator(now: { [bench] in bench.now }), now: { [bench] in bench.now }, clock: bench.clock,
            random: TriggerBench.random, warn: { [bench] text in bench.warnings.withLock { $0.append(text) } })
    }

    /// A first process, with a pipeline that can be called and a webhook for the ends of its runs.
    /// - Returns: the webhook's key.
    private func run(
        _ egress: Egress, to port: Int,
        _ body: (TriggerBench.Server, Outbox, OutgoingWebhook) async throws -> Void
    ) async throws -> String {
        let watch = RunWatch()
        return try await bench.withServer(schedules: false, watch: watch) { server in
            let pipeline = try await server.pipeline()
            _ = try await server.triggers.create(
                ["kind": "webhook", "signed": false], of: pipeline, for: bench.owner)
            let outbox = outbox(server, egress)
            let made = try await outbox.create(
                ["url": .string("http://127.0.0.1:\(port)/told"), "events": ["run.succeeded"]], for: bench.owner)
            let sending = Task { await outbox.run(watch) }
            let result: Result<Void, any Error>
            do { result = .success(try await body(server, outbox, made.webhook)) } catch { result = .failure(error) }
            sending.cancel()
            await sending.value
            try result.get()
            return made.secret ?? ""
        }
    }

    /// The next process.
    private func resume(
        _ egress: Egress, _ body: (TriggerBench.Server, Outbox, OutgoingWebhook) async throws -> Void
    ) async throws {
        let watch = RunWatch()
        try await bench.withServer(schedules: false, watch: watch) { server in
            let outbox = outbox(server, egress)
            let webhook = try #require(try await outbox.list(of: bench.owner).first)
            let sending = Task { await outbox.run(watch) }
            let result: Result<Void, any Error>
            do { result = .success(try await body(server, outbox, webhook)) } catch { result = .failure(error) }
            sending.cancel()
            await sending.value
            try result.get()
        }
    }

    /// Starts a run by its webhook, as another system would.
    private func start(on server: TriggerBench.Server) async throws {
        let trigger = try #require(try await server.store.triggers(of: ID(rawValue: "pl_nightly")).first)
        let moved = try await server.triggers.change(trigger, ["new_address": true])
        _ = try await server.triggers.receive(
            WebhookCall(headers: [], body: []), at: try #require(moved.token))
    }

    /// Returns when `count` messages of a webhook have been taken or given up.
    private func settled(_ count: Int, of webhook: OutgoingWebhook, in outbox: Outbox) async throws {
        try await until {
            let messages = try await outbox.messages(of: webhook, before: nil, limit: 50)
            return messages.filter { $0.status != .pending }.count == count
        }
    }

    private func until(_ isMet: () async throws -> Bool) async throws {
        while try await !isMet() { await Task.yield() }
    }

    private func untilSleeping(_ length: Duration) async {
        await bench.clock.untilSleeping(until: [bench.clock.sinceStart + length], andUntilAtMost: nil)
    }

    /// Waits for the sleep before the next try, and lets it pass: a minute at a time, as the outbox sleeps.
    private func advance(_ pause: Duration) async throws {
        var left = pause
        while left > .zero {
            let length = min(left, .seconds(60))
            await untilSleeping(length)
            bench.clock.advance(by: length)
            left -= length
        }
    }
}
