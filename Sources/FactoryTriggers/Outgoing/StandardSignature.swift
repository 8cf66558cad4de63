import Crypto

/// Signs a message in the form of Standard Webhooks, version 1.
struct StandardSignature {
    let id: String
    let seconds: Int64
    let body: [UInt8]

    /// The headers that go with the message.
    func headers(key: String) -> [(String, String)] {
        var code = HMAC<SHA256>(key: SymmetricKey(data: StandardKey.bytes(of: key)))
        code.update(data: Array("\(id).\(seconds).".utf8))
        code.update(data: body)
        return [
            ("webhook-id", id), ("webhook-timestamp", String(seconds)),
            ("webhook-signature", "v1,\(Base64.text(of: Array(code.finalize())))"),
        ]
    }
}
