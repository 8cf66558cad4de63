import FactoryEngine
import FactoryStore
import HummingbirdCore
import NIOCore

/// Writes a feed as server-sent events: until its end, the client's going, or the server's stopping.
///
/// The next batch is read when the one before is written: a slow reader holds up nobody, and what it misses is given to
/// it in larger pieces by the feed.
struct EventStream: Sendable {
    /// Between two signs of life: 15 s.
    static let heartbeat = Duration.seconds(15)
    /// What a client is told to wait before it comes back.
    static let retryMilliseconds = 1_000

    let feed: RunFeed
    let clock: any Clock<Duration>
    let drain: Latch
    let request: Request

    private enum Piece: Sendable {
        case events([FeedEvent])
        case heartbeat, ended, stopping
    }

    func write(to writer: inout any ResponseBodyWriter) async throws {
        let (pieces, piece) = AsyncStream.makeStream(of: Piece.self)
        let (written, wrote) = AsyncStream.makeStream(of: Void.self)
        try await request.body.consumeWithInboundCloseHandler { [self] _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await read(into: piece, written) }
                group.addTask { [clock] in
                    while !Task.isCancelled {
                        try await clock.sleep(for: Self.heartbeat)
                        piece.yield(.heartbeat)
                    }
                }
                group.addTask { [drain] in
                    await drain.opened()
                    piece.yield(.stopping)
                }
                try await writer.write(ByteBuffer(string: "retry: \(Self.retryMilliseconds)\n\n"))
                writing: for await next in pieces {
                    switch next {
                    case .events(let events):
                        var buffer = ByteBuffer()
                        for event in events { buffer.writeBytes(event.frame) }
                        try await writer.write(buffer)
                        wrote.yield()
                    case .heartbeat: try await writer.write(ByteBuffer(string: ": still here\n\n"))
                    case .stopping:
                        try await writer.write(ByteBuffer(string: ": the server stops; come back later\n\n"))
                        break writing
                    case .ended: break writing
                    }
                }
                group.cancelAll()
            }
        } onInboundClosed: {
            piece.finish()
        }
        try await writer.finish(nil)
    }

    private func read(into piece: AsyncStream<Piece>.Continuation, _ written: AsyncStream<Void>) async throws {
        var turns = written.makeAsyncIterator()
        do {
            for try await events in feed {
                piece.yield(.events(events))
                _ = await turns.next()
            }
        } catch {
            // The store is out of reach: the client comes back, and is told by the status.
            piece.yield(.ended)
            return
        }
        piece.yield(.ended)
    }
}
