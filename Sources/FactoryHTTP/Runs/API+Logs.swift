import FactoryAPI
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryStore

extension API {
    /// A page of what a run printed, or one of its steps; from its end where `order` asks for that.
    func getLogs(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let id = try request.identity(Run.self)
        var range = LogRange(step: request.parameters["step_id"], limit: try request.limit())
        switch request.query("order") {
        case nil, "oldest": range.isNewestFirst = false
        case "newest": range.isNewestFirst = true
        default: throw .invalid(parameter: "order", "must be oldest or newest")
        }
        if let cursor = request.query("cursor") {
            guard let place = Cursor.value(cursor)?[Self.cursorKey(range)]?.intValue, place > 0 else {
                throw .invalid(parameter: "cursor", "is none that this list gave in this order")
            }
            range.row = place
        }
        _ = try await stored { () throws(StoreError) in try await services.runs.run(id) }
        let wanted = range
        let page = try await stored { () throws(StoreError) in
            try await RunReader(services.runs).logs(of: id, wanted)
        }
        return .json([
            "items": .array(
                page.items.map { item in
                    [
                        "position": .int(item.row), "step": .string(item.chunk.step),
                        "attempt": .string(item.chunk.attempt.rawValue), "stream": .string(item.chunk.stream),
                        "at": .string(item.chunk.at.description), "text": .string(item.chunk.text),
                    ]
                }),
            "next_cursor": page.next.map { .string(Cursor.text([Self.cursorKey(wanted): .int($0)])) } ?? .null,
        ])
    }

    /// A cursor of one order says nothing in the other.
    private static func cursorKey(_ range: LogRange) -> String { range.isNewestFirst ? "before" : "after" }
}
