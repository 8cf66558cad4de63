import FactoryAPI
import FactoryDomain
import FactoryJSON
import FactoryStore

extension API {
    func listPipelines(_ request: APIRequest) async throws(APIProblem) -> Reply {
        if let owner = request.query("owner"), owner != "me" {
            throw .invalid(parameter: "owner", "must be me")
        }
        let (key, descending) = try Self.order(request.query("sort") ?? "-updated")
        var filter = PipelineFilter(
            owner: request.owner, text: request.query("q").flatMap { $0.isEmpty ? nil : $0 },
            tag: request.query("tag").flatMap { $0.isEmpty ? nil : $0 }, isTrashed: try request.flag("trashed"),
            key: key, descending: descending, limit: try request.limit())
        if let cursor = request.query("cursor") {
            guard let value = Cursor.value(cursor), value["sort"] == .string(Self.name(key, descending)),
                let text = value["value"]?.stringValue, let id = value["id"]?.stringValue
            else { throw .invalid(parameter: "cursor", "is none that this list gave") }
            filter.after = PipelineFilter.Cursor(value: text, id: id)
        }
        let wanted = filter
        let page = try await stored { () throws(StoreError) in try await services.pipelines.pipelines(wanted) }
        let next = page.next.map { next in
            Cursor.text([
                "sort": .string(Self.name(key, descending)), "value": .string(next.value), "id": .string(next.id),
            ])
        }
        return .json([
            "items": .array(page.pipelines.map { PipelineView(record: $0.record, history: $0.history).summary }),
            "next_cursor": next.map(JSON.string) ?? .null,
        ])
    }

    private static func order(_ text: String) throws(APIProblem) -> (PipelineFilter.Key, Bool) {
        let descending = text.hasPrefix("-")
        let word = descending ? String(text.dropFirst()) : text
        let name = word.hasSuffix("_at") ? String(word.dropLast(3)) : word
        guard let key = PipelineFilter.Key(rawValue: name) else {
            throw .invalid(
                parameter: "sort", "must be one of name, created, updated, with a - before it for the greatest first")
        }
        return (key, descending)
    }

    private static func name(_ key: PipelineFilter.Key, _ descending: Bool) -> String {
        (descending ? "-" : "") + key.rawValue
    }
}

/// The place a list goes on from, as clients see it: text that means nothing to them.
enum Cursor {
    private static let digits = Array("0123456789abcdef".utf8)

    /// `value` as text for a URL.
    static func text(_ value: JSON) -> String {
        String(
            decoding: value.serializedBytes().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The value that ``text(_:)`` was given; nil for any other text.
    static func value(_ text: String) -> JSON? {
        let digits = text.utf8.map { byte in Self.digits.firstIndex(of: byte) }
        guard digits.count % 2 == 0, digits.count <= 2_048, !digits.contains(nil) else { return nil }
        let bytes = stride(from: 0, to: digits.count, by: 2).map { place in
            UInt8((digits[place] ?? 0) << 4 | (digits[place + 1] ?? 0))
        }
        return try? JSON(parsing: bytes)
    }
}
