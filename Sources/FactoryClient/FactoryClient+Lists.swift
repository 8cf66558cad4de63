public import FactoryJSON
import FactoryNetwork

extension FactoryClient {
    /// The items of a list, page after page, at most `count`.
    public func list(
        _ path: String, query: [(String, String?)] = [], atMost count: Int = .max
    ) async throws(ClientError) -> [JSON] {
        var items: [JSON] = []
        var cursor: String?
        repeat {
            let limit = String(min(200, count - items.count))
            let page = try await send(.get, path, query: query + [("limit", limit), ("cursor", cursor)]).json()
            guard let found = page["items"]?.arrayValue else {
                throw .unexpected("the server's answer is no list; is it a Code Factory server?")
            }
            items += found
            cursor = page["next_cursor"]?.stringValue
        } while cursor != nil && items.count < count
        return items
    }
}
