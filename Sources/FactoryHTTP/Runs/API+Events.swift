import FactoryAPI
import FactoryDomain
import FactoryEngine
import FactoryStore
import HummingbirdCore

extension API {
    /// Everything that happens in a run, as server-sent events: from the beginning, or from behind `Last-Event-ID`.
    func followRun(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let id = try request.identity(Run.self)
        var position = EventPosition.start
        if let text = request.header("Last-Event-ID"), !text.isEmpty {
            guard let given = EventPosition(parsing: text) else {
                throw APIProblem(.badRequest, "Last-Event-ID is none that this stream gave")
            }
            position = given
        }
        // Until then a run that goes on looks like one that nobody drives, whose events have come to their end.
        await services.recovered.opened()
        _ = try await stored { () throws(StoreError) in try await services.runs.run(id) }
        let stream = EventStream(
            feed: services.engine.feed(of: id, after: position), clock: services.clock, drain: drain,
            request: request.raw)
        // The client's next request on this connection could not be told from its going away.
        return Reply(
            status: 200, headers: [(name: "X-Accel-Buffering", value: "no"), (name: "Connection", value: "close")],
            content: .stream(.events) { writer in try await stream.write(to: &writer) })
    }
}
