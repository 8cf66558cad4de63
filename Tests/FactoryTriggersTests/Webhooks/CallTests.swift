import Crypto
import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import FactoryTriggers
import Synchronization
import Testing

@Suite("A call to a webhook") struct CallTests {
    let bench: TriggerBench

    init() throws { bench = try TriggerBench(at: "2026-05-04T08:00:00Z") }

    private static let inputs = "inputs: {title: {type: string}, size: {type: integer}}\n"
    private static let mapping: JSONObject = [
        "title": "trigger.body.issue.title", "size": "size(trigger.body.issue.labels)",
    ]
    private static let issue = "{\"action\":\"opened\",\"issue\":{\"title\":\"Rain\",\"labels\":[1,2]}}"

    /// A webhook in GitHub's form, its address and its key.
    private func webhook(
        on server: TriggerBench.Server, _ more: JSONObject = [:]
    ) async throws -> (trigger: TriggerRecord, token: String, key: String) {
        var members: JSONObject = ["kind": "webhook", "preset": "github", "inputs": .object(Self.mapping)]
        for (name, value) in more { members[name] = value }
        let pipeline = try await server.pipeline(inputs: Self.inputs)
        let made = try await server.triggers.create(members, of: pipeline, for: bench.owner)
        return (made.trigger, try #require(made.token), made.secret ?? "")
    }

    private func call(
        _ body: String, id: String, key: String, event: String = "issues", more: [(String, String)] = []
    ) -> WebhookCall {
        let code = HMAC<SHA256>.authenticationCode(for: Array(body.utf8), using: SymmetricKey(data: Array(key.utf8)))
        return WebhookCall(
            headers: [
                ("X-Hub-Signature-256", "sha256=\(Hex.text(of: code))"), ("X-GitHub-Delivery", id),
                ("X-GitHub-Event", event), ("Content-Type", "application/json"),
            ] + more, body: Array(body.utf8))
    }

    @Test("starts one run, with inputs made of it, however often it is sent")
    func oneRun() async throws {
        let trigger = try await bench.withServer(schedules: false) { server in
            let (trigger, token, key) = try await webhook(on: server)
            let call = call(Self.issue, id: "d1", key: key, more: [("Authorization", "Bearer x"), ("X-Note", "hi")])
            let first = try await server.triggers.receive(call, at: token)
            guard case .accepted(let id) = first else { throw Refused(answer: first) }
            for _ in 0..<3 { #expect(try await server.triggers.receive(call, at: token) == first) }
            let delivery = try await server.store.delivery(id, of: trigger.id)
            #expect(delivery.status == .started && delivery.event == "issues" && delivery.body == Self.issue)
            #expect(
                delivery.headers == [
                    "x-github-delivery": "d1", "x-github-event": "issues", "content-type": "application/json",
                    "x-note": "hi",
                ])
            return trigger
        }
        try await bench.withServer(schedules: false) { server in
            let run = try #require(try await server.runs().first)
            #expect(try await server.runs().count == 1 && run.trigger == "webhook" && run.status == .succeeded)
            #expect(run.inputs.json == ["title": "Rain", "size": 2])
            let value = try #require(try await server.store.run(run.id).triggerValue?.json)
            #expect(value["body"]?["action"] == "opened" && value["event"] == "issues")
            #expect(try await server.deliveries(of: trigger).count == 1)
        }
    }

    @Test("is refused without a word of why, which stands among the deliveries")
    func refused() async throws {
        try await bench.withServer(schedules: false) { server in
            let (trigger, token, key) = try await webhook(on: server)
            let wrong = call(Self.issue, id: "d1", key: key + "x")
            #expect(try await server.triggers.receive(wrong, at: token) == .refused)
            let delivery = try #require(try await server.deliveries(of: trigger).first)
            #expect(delivery.status == .refused && delivery.reason?.contains("X-Hub-Signature-256") == true)
            #expect(try await server.store.delivery(delivery.id, of: trigger.id).body == nil)
            // The id of a call that proved nothing is not taken.
            let right = call(Self.issue, id: "d1", key: key)
            guard case .accepted = try await server.triggers.receive(right, at: token) else {
                Issue.record("a refused call stands in the way of the real one")
                return
            }
            await #expect(throws: TriggerError.self) { try await server.triggers.redeliver(delivery, of: trigger) }
        }
    }

    @Test("comes to nothing at an address that is not known, was replaced, or is switched off")
    func unknown() async throws {
        try await bench.withServer(schedules: false) { server in
            let (trigger, token, key) = try await webhook(on: server)
            let call = call(Self.issue, id: "d1", key: key)
            #expect(token.utf8.count == 32)
            #expect(try await server.triggers.receive(call, at: token + "0") == .unknown)
            #expect(try await server.triggers.receive(call, at: trigger.addressDigest ?? "") == .unknown)
            let moved = try await server.triggers.change(trigger, ["new_address": true])
            let other = try #require(moved.token)
            #expect(other != token)
            #expect(try await server.triggers.receive(call, at: token) == .unknown)
            let off = try await server.triggers.change(moved.trigger, ["enabled": false])
            #expect(try await server.triggers.receive(call, at: other) == .unknown)
            _ = try await server.triggers.change(off.trigger, ["enabled": true])
            #expect(try await server.triggers.receive(call, at: other) != .unknown)
        }
    }

    @Test("passes the filter or not, and says where inputs cannot be made of it")
    func filter() async throws {
        try await bench.withServer(schedules: false) { server in
            let (trigger, token, key) = try await webhook(
                on: server, ["if": "trigger.event == 'issues' && trigger.body.action == 'opened'"])
            let bodies = [
                Self.issue, Self.issue.replacing("opened", with: "closed"), "{}", "not json", "[1",
                "{\"action\":\"opened\",\"issue\":{\"title\":5,\"labels\":[]}}",
                "{\"action\":\"opened\",\"issue\":{\"labels\":[]}}",
            ]
            for (place, body) in bodies.enumerated() {
                _ = try await server.triggers.receive(call(body, id: "d\(place)", key: key), at: token)
            }
            _ = try await server.triggers.receive(call("{}", id: "p", key: key, event: "ping"), at: token)
            let deliveries = try await server.deliveries(of: trigger)
            #expect(
                deliveries.map(\.status) == [
                    .started, .skipped, .failed, .failed, .failed, .failed, .failed, .skipped,
                ])
            #expect(deliveries[5].reason?.contains("inputs.title") == true)
            #expect(deliveries[6].reason?.hasPrefix("inputs.title:") == true)
            #expect(deliveries[7].reason?.contains("GitHub") == true)
            #expect(try await server.runs().count == 1)
        }
    }

    @Test("is taken as a form, as GitHub sends it unless told otherwise")
    func form() async throws {
        try await bench.withServer(schedules: false) { server in
            let (trigger, token, key) = try await webhook(on: server)
            let form = "payload=" + Self.issue.utf8.map { "%" + Hex.text(of: [$0]) }.joined()
            var call = call(form, id: "d1", key: key)
            call = call.replacing("content-type", "application/x-www-form-urlencoded")
            _ = try await server.triggers.receive(call, at: token)
            #expect(try await server.deliveries(of: trigger).map(\.status) == [.started])
        }
    }

    @Test("is let in sixty times at once, and then once a second")
    func rate() async throws {
        try await bench.withServer(schedules: false) { server in
            let (_, token, key) = try await webhook(on: server)
            let call = call(Self.issue, id: "d1", key: key)
            for _ in 0..<60 { _ = try await server.triggers.receive(call, at: token) }
            #expect(try await server.triggers.receive(call, at: token) == .tooMany(retryAfterSeconds: 1))
            bench.clock.advance(by: .seconds(1))
            guard case .accepted = try await server.triggers.receive(call, at: token) else {
                Issue.record("a second later it is not let in")
                return
            }
            #expect(try await server.triggers.receive(call, at: token) == .tooMany(retryAfterSeconds: 1))
        }
    }

    @Test("is done once more when it is asked for, as a delivery of its own")
    func redelivery() async throws {
        try await bench.withServer(schedules: false) { server in
            let (trigger, token, key) = try await webhook(on: server)
            // Something to sleep for, once what is pending is done.
            _ = try await server.schedule(["cron": "0 0 1 1 *"], of: server.pipeline("yearly"))
            bench.isBroken.withLock { $0 = true }
            _ = try await server.triggers.receive(call(Self.issue, id: "d1", key: key), at: token)
            let waiting = try #require(try await server.deliveries(of: trigger).first)
            #expect(waiting.status == .pending && !bench.warnings.withLock { $0 }.isEmpty)
            await #expect(throws: TriggerError.self) { try await server.triggers.redeliver(waiting, of: trigger) }
            bench.isBroken.withLock { $0 = false }
        }
        try await bench.withServer { server in
            await server.untilIdle()
            let trigger = try #require(try await server.store.triggers(of: ID(rawValue: "pl_nightly")).first)
            let first = try #require(try await server.deliveries(of: trigger).first)
            #expect(first.status == .started)
            let whole = try await server.store.delivery(first.id, of: trigger.id)
            let again = try await server.triggers.redeliver(whole, of: trigger)
            #expect(again.status == .started && again.run != first.run && again.body == Self.issue)
            #expect(try await server.runs().count == 2)
        }
    }

    @Test("has its key sealed, and shown only when this server made it")
    func keys() async throws {
        try await bench.withServer(schedules: false) { server in
            let (trigger, _, key) = try await webhook(on: server)
            #expect(key.utf8.count == 64)
            #expect(try await server.store.trigger(trigger.id).sealedSecret?.contains(key) == false)
            #expect(trigger.settings["secret"] == nil)
            let given = try await server.triggers.change(trigger, ["secret": "one that somebody chose"])
            #expect(given.secret == nil && given.token == nil)
            let kept = try await server.triggers.change(given.trigger, ["name": "issues"])
            #expect(kept.secret == nil && kept.trigger.sealedSecret == given.trigger.sealedSecret)
        }
    }

    @Test("forgets the oldest beyond a thousand deliveries, and bodies above 64 KiB once they are dealt with")
    func kept() async throws {
        try await bench.withServer(schedules: false) { server in
            let (trigger, token, key) = try await webhook(on: server)
            let padding = String(repeating: "x", count: DeliveryRecord.keptBodyBytes)
            let large = Self.issue.replacing("Rain", with: padding)
            guard case .accepted(let id) = try await server.triggers.receive(call(large, id: "d", key: key), at: token)
            else { return }
            let delivery = try await server.store.delivery(id, of: trigger.id)
            #expect(delivery.status == .started && delivery.body == nil && delivery.bodyBytes == large.utf8.count)
            for number in 0..<DeliveryRecord.kept {
                let next = DeliveryRecord(
                    id: ID(rawValue: "dlv_z\(number + 1_000)"), trigger: trigger.id, occasion: "\(number)",
                    receivedAt: bench.now, status: .skipped)
                #expect(try await server.store.take(next) == nil)
            }
            #expect(try await server.deliveries(of: trigger).count == DeliveryRecord.kept)
            await #expect(throws: StoreError.self) { try await server.store.delivery(id, of: trigger.id) }
        }
    }

    private struct Refused: Error { let answer: Triggers.Answer }
}
