public import FactoryJSON
public import FactoryNetwork

/// What a server answered.
public struct ClientAnswer: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The header fields.
    public let headers: HeaderFields
    /// The body.
    public let body: [UInt8]

    /// The body as JSON.
    /// - Throws: ``ClientError/unexpected(_:)`` where it is none: what answers is no server of Code Factory.
    public func json() throws(ClientError) -> JSON {
        do throws(JSONError) { return try JSON(parsing: body) } catch {
            throw .unexpected("the server's answer is not JSON; is it a Code Factory server?")
        }
    }

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
}
