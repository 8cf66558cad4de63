import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryStore
import HummingbirdCore
import NIOCore

extension API {
    /// What happens with one pipeline: saves, versions, shares, comments, its runs, and who has it open.
    func followPipeline(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        var presence: LivePresence?
        if let word = request.query("presence") {
            guard let known = LivePresence(rawValue: word) else {
                throw .invalid(parameter: "presence", "must be viewing or editing")
            }
            guard known == .viewing || request.pipelineRole >= .editor else {
                throw APIProblem(.forbidden, "editing needs the role editor on the pipeline")
            }
            presence = known
        }
        return try live(request, record.id, presence)
    }

    /// The same for every pipeline the caller may see, without who has them open.
    func followPipelines(_ request: APIRequest) async throws(APIProblem) -> Reply { try live(request, nil, nil) }

    private func live(
        _ request: APIRequest, _ pipeline: ID<PipelineRecord>?, _ presence: LivePresence?
    ) throws(APIProblem) -> Reply {
        guard !drain.isOpen else {
            throw APIProblem(.stopping, "the server is stopping", headers: [("Retry-After", "5")])
        }
        guard let principal = request.principal else { throw APIProblem(.unauthorized, "this needs an access key") }
        var after: Int64?
        if let text = request.header("Last-Event-ID"), !text.isEmpty {
            guard let number = Int64(text), number >= 0 else {
                throw APIProblem(.badRequest, "Last-Event-ID is none that this stream gave")
            }
            after = number
        }
        let stream = LiveStream(
            hub: services.collaboration.live, store: services.pipelines, accounts: services.collaboration.accounts,
            principal: principal, pipeline: pipeline, presence: presence, after: after, request: request.raw)
        return Reply(
            status: 200, headers: [(name: "X-Accel-Buffering", value: "no"), (name: "Connection", value: "close")],
            content: .stream(.events) { writer in try await stream.write(to: &writer) })
    }
}

/// Writes what a listener is told as server-sent events, after what it missed since the last event it got.
struct LiveStream: Sendable {
    /// Missed events that are told one by one; who missed more is told to read everything anew.
    private static let missedLimit = 500

    let hub: LiveHub
    let store: any PipelineStore
    let accounts: any AccountDirectory
    let principal: Principal
    let pipeline: ID<PipelineRecord>?
    let presence: LivePresence?
    let after: Int64?
    let request: Request

    func write(to writer: inout any ResponseBodyWriter) async throws {
        let listener = hub.listen(principal, to: pipeline, presence: presence)
        defer { hub.leave(listener) }
        try await request.body.consumeWithInboundCloseHandler { [self] _ in
            try await writer.write(ByteBuffer(string: "retry: \(EventStream.retryMilliseconds)\n\n"))
            var given: Int64 = 0
            for piece in try await missed(by: listener) {
                given = piece.sequence ?? given
                try await writer.write(piece.buffer)
            }
            for await piece in listener.pieces {
                // What happened while the missed was read has been told with it.
                if let sequence = piece.sequence, sequence <= given { continue }
                try await writer.write(piece.buffer)
            }
        } onInboundClosed: {
            listener.stop()
        }
        try await writer.finish(nil)
    }

    private func missed(by listener: LiveListener) async throws -> [LivePiece] {
        guard let after else { return [] }
        let limit = Self.missedLimit + 1
        let events =
            if let pipeline { try await store.events(of: pipeline, after: after, limit: limit) } else {
                try await store.pipelineEvents(after: after, limit: limit)
            }
        guard events.count <= Self.missedLimit else {
            let last = try await store.lastPipelineEvent()
            return [LiveWriter.piece("reset", ["type": "reset", "id": .int(last)], sequence: last)]
        }
        var written = LiveWriter(store: store, accounts: accounts)
        var pieces: [LivePiece] = []
        for event in events {
            if let message = await written.message(of: event), message.concerns(listener) {
                pieces.append(message.piece)
            }
        }
        return pieces
    }
}
