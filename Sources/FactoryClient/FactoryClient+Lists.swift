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
            let limit = min(200, count - items.count)
            let page = try await self.page(of: path, query: query, from: cursor, limit: limit)
            items += page.items
            cursor = page.next
        } while cursor != nil && items.count < count
        return items
    }

    /// One page of a list, and the cursor of the next; nil on the last.
    ///
    /// - Parameter limit: the most items, 1 to 200.
    public func page(
        of path: String, query: [(String, String?)] = [], from cursor: String?, limit: Int = 200
    ) async throws(ClientError) -> (items: [JSON], next: String?) {
        let page = try await send(.get, path, query: query + [("limit", String(limit)), ("cursor", cursor)]).json()
        guard let items = page["items"]?.arrayValue else {
            throw .unexpected("the server's answer is no list; is it a Code Factory server?")
        }
        return (items, page["next_cursor"]?.stringValue)
    }
}
