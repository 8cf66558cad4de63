public import FactoryJSON
import FactoryNetwork

/// Why a request to a server came to nothing.
public enum ClientError: Error, Sendable {
    /// The request could not be made.
    case unusable(String, hint: String?)
    /// The server could not be reached, or did not answer in time.
    case unreachable(String, hint: String?)
    /// The server refused.
    case refused(ServerProblem)
    /// The answer makes no sense.
    case unexpected(String)

    init(_ error: EgressError) {
        self =
            error.code == .invalidRequest
            ? .unusable(error.message, hint: error.hint) : .unreachable(error.message, hint: error.hint)
    }

    init(_ answer: ClientAnswer) {
        guard let problem = try? JSON(parsing: answer.body), problem["status"] != nil else {
            self = .unexpected("the server answered \(answer.status); is it a Code Factory server?")
            return
        }
        self = .refused(ServerProblem(status: answer.status, json: problem))
    }
}

/// A refusal of the server, as problem+json says it.
public struct ServerProblem: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The whole answer.
    public let json: JSON

    /// The stable code.
    public var code: String { json["code"]?.stringValue ?? "" }
    /// What happened.
    public var detail: String { json["detail"]?.stringValue ?? json["title"]?.stringValue ?? "refused" }
    /// What to do about it.
    public var hint: String? { json["hint"]?.stringValue }
    /// What is wrong, one by one.
    public var errors: [JSON] { json["errors"]?.arrayValue ?? [] }
}
