import Crypto
import FactoryDomain
import FactoryTriggers
import Testing

@Suite("A call's signature") struct WebhookVerificationTests {
    static let now = Timestamp(milliseconds: 1_614_265_330_000)
    static let standardKey = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    @Test("is taken in GitHub's form: the example of its documentation")
    func github() throws {
        let call = WebhookCall(
            headers: [
                (
                    "X-Hub-Signature-256",
                    "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
                ), ("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958"), ("X-GitHub-Event", "push"),
            ], body: Array("Hello, World!".utf8))
        let proof = try WebhookVerification(.github, secret: "It's a Secret to Everybody").verify(call, at: Self.now)
        #expect(proof.id == "72d3162e-cc78-11e3-81ab-4c9367dc0958" && proof.event == "push")
        expectRefusal(.github, "It's a secret to everybody", call)
        expectRefusal(.github, "It's a Secret to Everybody", call.with(body: "Hello, World?"))
        for name in ["X-Hub-Signature-256", "X-GitHub-Delivery"] {
            expectRefusal(.github, "It's a Secret to Everybody", call.without(name))
        }
    }

    @Test("is taken in the form of Standard Webhooks: the example of its libraries")
    func standard() throws {
        let call = Self.standardCall
        let verification = WebhookVerification(.standard, secret: Self.standardKey)
        #expect(try verification.verify(call, at: Self.now).id == "msg_p5jXN8AQM9LWM0D4loKWxJek")
        let several = call.replacing("webhook-signature", "v2,abcd v1,Y2Fi \(Self.standardSignature)")
        _ = try verification.verify(several, at: Self.now)
        for wrong in ["v1,Y2Fi", "v2" + Self.standardSignature.dropFirst(2), "v1", "", "v1,!!!!"] {
            expectRefusal(.standard, Self.standardKey, call.replacing("webhook-signature", wrong))
        }
        expectRefusal(.standard, Self.standardKey, call.replacing("webhook-id", "msg_other"))
        expectRefusal(.standard, Self.standardKey, call.replacing("webhook-timestamp", "1614265331"))
    }

    @Test("is valid for five minutes around the moment it names")
    func tolerance() throws {
        let verification = WebhookVerification(.standard, secret: Self.standardKey)
        for seconds in [-300, 300] as [Int64] {
            _ = try verification.verify(Self.standardCall, at: Self.now.adding(.seconds(seconds)))
        }
        for seconds in [-301, 301, 1 << 40] as [Int64] {
            #expect(throws: WebhookVerification.Refusal.self) {
                try verification.verify(Self.standardCall, at: Self.now.adding(.seconds(seconds)))
            }
        }
    }

    @Test("is taken as GitLab's token or, where GitLab signs, in the standard form")
    func gitlab() throws {
        let call = WebhookCall(
            headers: [
                ("X-Gitlab-Token", "a token of some length"), ("X-Gitlab-Event", "Push Hook"),
                ("X-Gitlab-Event-UUID", "13792a34"), ("Idempotency-Key", "f5e57ad1"),
            ], body: [])
        let verification = WebhookVerification(.gitlab, secret: "a token of some length")
        let proof = try verification.verify(call, at: Self.now)
        #expect(proof.id == "f5e57ad1" && proof.event == "Push Hook")
        #expect(try verification.verify(call.without("Idempotency-Key"), at: Self.now).id == "13792a34")
        expectRefusal(.gitlab, "another token, of some length", call)
        expectRefusal(.gitlab, "a token of some length", call.without("X-Gitlab-Token"))
        let signed = WebhookVerification(.gitlab, secret: Self.standardKey)
        _ = try signed.verify(Self.standardCall, at: Self.now)
        // A signature that is wrong is not made good by a token beside it.
        expectRefusal(
            .gitlab, "a token of some length",
            WebhookCall(headers: call.headers + [("webhook-signature", "v1,Y2Fi")], body: []))
    }

    @Test("is taken in the generic form: over the moment, a point and the body")
    func generic() throws {
        let (key, body) = ("a key of some length", "{\"n\":1}")
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("1614265330.\(body)".utf8), using: SymmetricKey(data: Array(key.utf8)))
        let digits = code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let call = WebhookCall(
            headers: [
                ("X-Factory-Timestamp", "1614265330"), ("X-Factory-Signature", "sha256=\(digits)"),
                ("X-Factory-Event", "built"),
            ], body: Array(body.utf8))
        let verification = WebhookVerification(.generic, secret: key)
        let proof = try verification.verify(call, at: Self.now)
        #expect(proof.event == "built" && proof.id == "sha256=\(digits)")
        let named = WebhookCall(headers: call.headers + [("X-Factory-Delivery", "d-1")], body: call.body)
        #expect(try verification.verify(named, at: Self.now).id == "d-1")
        expectRefusal(.generic, key, call.with(body: "{\"n\":2}"))
        expectRefusal(.generic, key, call.replacing("x-factory-timestamp", "1614265329"))
        expectRefusal(.generic, key, call.replacing("x-factory-timestamp", "+1614265330"))
        expectRefusal(.generic, key, call.replacing("x-factory-signature", digits))
        // Two headers of one name: who checks one and believes the other is led astray.
        expectRefusal(
            .generic, key, WebhookCall(headers: call.headers + [("X-Factory-Timestamp", "1614265330")], body: call.body)
        )
    }

    private static let standardSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    private static let standardCall = WebhookCall(
        headers: [
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"), ("webhook-timestamp", "1614265330"),
            ("webhook-signature", standardSignature),
        ], body: Array("{\"test\": 2432232314}".utf8))

    private func expectRefusal(
        _ preset: WebhookPreset, _ secret: String, _ call: WebhookCall,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: WebhookVerification.Refusal.self, sourceLocation: sourceLocation) {
            try WebhookVerification(preset, secret: secret).verify(call, at: Self.now)
        }
    }
}

extension WebhookCall {
    func with(body: String) -> WebhookCall { WebhookCall(headers: headers, body: Array(body.utf8)) }

    func without(_ name: String) -> WebhookCall {
        WebhookCall(headers: headers.filter { $0.name != name.lowercased() }, body: body)
    }

    func replacing(_ name: String, _ value: String) -> WebhookCall {
        WebhookCall(headers: headers.map { ($0.name, $0.name == name ? value : $0.value) }, body: body)
    }
}
