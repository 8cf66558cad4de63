import FactoryAPI
import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryJSON
import Synchronization

/// An answer that is the same as long as the program runs: made when it is first asked for.
final class StandingAnswer: Sendable {
    private let made = Mutex<(bytes: [UInt8], tag: EntityTag)?>(nil)
    private let make: @Sendable () throws -> JSON

    /// - Parameter make: gives the value; asked once unless it throws.
    init(_ make: @escaping @Sendable () throws -> JSON) { self.make = make }

    func reply(to request: APIRequest) throws(APIProblem) -> Reply {
        let answer: (bytes: [UInt8], tag: EntityTag)
        do {
            answer = try made.withLock { made in
                if let made { return made }
                let bytes = try make().serializedBytes()
                let answer = (bytes, EntityTag(String(BlobStore.hash(of: bytes).rawValue.prefix(32))))
                made = answer
                return answer
            }
        } catch { throw APIProblem(.internalError, "the document cannot be put together: \(error)") }
        let headers = [(name: "ETag", value: answer.tag.description), (name: "Cache-Control", value: "no-cache")]
        guard !request.has(answer.tag) else { return .empty(status: 304, headers: headers) }
        return Reply(status: 200, headers: headers, content: .bytes(answer.bytes, .json))
    }
}

extension API {
    /// The contract of this API.
    func openapi(_ request: APIRequest) throws(APIProblem) -> Reply { try contract.reply(to: request) }

    /// The JSON Schema of documents.
    func schema(_ request: APIRequest) throws(APIProblem) -> Reply { try documentSchema.reply(to: request) }
}
