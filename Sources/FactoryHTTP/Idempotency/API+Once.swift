import FactoryAPI
import FactoryBlobs
import FactoryDomain
import FactoryJSON
import FactoryStore

extension API {
    /// How long a key is remembered: 24 hours.
    static let keyLifetime = Duration.seconds(24 * 60 * 60)

    /// Does what a request asks for, or, where it was asked before under the same `Idempotency-Key`, answers the same.
    ///
    /// The id of what is made is kept with the key before anything is made: a request that broke off half-way is
    /// repeated with the same id, and `body` finds what it made then.
    func once<Entity>(
        _ request: APIRequest, _ entity: Entity.Type,
        _ body: @Sendable (ID<Entity>) async throws(APIProblem) -> Reply
    ) async throws(APIProblem) -> Reply {
        guard let text = request.header("Idempotency-Key") else { return try await body(services.ids.make()) }
        guard (1...255).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw APIProblem(.badRequest, "an Idempotency-Key has 1 to 255 characters, without blanks, in ASCII")
        }
        let now = services.now()
        let query = request.target.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        let kind = request.kind?.rawValue ?? ""
        let content =
            Array("\(request.route.operation.rawValue) \(request.target.path)\n\(query)\n\(kind)\n".utf8)
            + request.body
        var key = RequestKey(
            owner: request.owner, key: text, request: BlobStore.hash(of: content),
            resource: services.ids.make(entity).rawValue, createdAt: now)
        let expiry = Timestamp(milliseconds: now.milliseconds - Self.keyLifetime.wholeMilliseconds)
        let mark = "\(request.owner) \(text)"
        guard running.enter(mark) else {
            throw APIProblem(
                .keyInUse, "a request with this Idempotency-Key is being done",
                headers: [(name: "Retry-After", value: "1")])
        }
        defer { running.leave(mark) }
        let taken = key
        if let known = try await stored({ () throws(StoreError) in
            try await services.keys.take(taken, expiry: expiry)
        }) {
            guard known.request == key.request else {
                throw APIProblem(.keyReused, "this Idempotency-Key was used for another request")
            }
            if let answer = known.answer.flatMap(StoredAnswer.init) { return answer.reply }
            key = known
        }
        let reply: Reply
        do throws(APIProblem) { reply = try await body(ID(rawValue: key.resource)) } catch {
            // What was refused has made nothing; it may be corrected and sent again. What failed may have.
            let refused = key
            if error.code.status < 500 {
                try await stored { () throws(StoreError) in try await services.keys.release(refused) }
            }
            throw error
        }
        key.answer = StoredAnswer(reply)?.text
        let answered = key
        try await stored { () throws(StoreError) in try await services.keys.answer(answered) }
        return reply
    }
}

/// An answer as it is kept beside its key.
private struct StoredAnswer {
    let reply: Reply

    init?(_ reply: Reply) {
        guard case .bytes = reply.content else { return nil }
        self.reply = reply
    }

    init?(_ text: String) {
        guard let value = try? JSON(parsing: text), let status = value["status"]?.intValue, let body = value["body"]
        else { return nil }
        let headers = (value["headers"]?.objectValue ?? [:]).map { (name: $0.key, value: $0.value.stringValue ?? "") }
        reply = .json(body, status: Int(status), headers: headers + [(name: "Idempotency-Replayed", value: "true")])
    }

    var text: String {
        guard case .bytes(let bytes, _) = reply.content, let body = try? JSON(parsing: bytes) else { return "" }
        let headers = JSONObject(reply.headers.map { ($0.name, .string($0.value)) })
        return (["status": .int(Int64(reply.status)), "headers": .object(headers), "body": body] as JSON).serialized()
    }
}
