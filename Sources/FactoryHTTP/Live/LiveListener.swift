import FactoryAccess
import FactoryDomain
import NIOCore
import Synchronization

/// How somebody has a draft open.
enum LivePresence: String, Sendable, CaseIterable {
    case viewing, editing
}

/// A piece of a stream.
struct LivePiece: Sendable {
    /// Number of the stored event it tells; nil for what is not stored.
    let sequence: Int64?
    let buffer: ByteBuffer
}

/// Somebody who listens, over one connection. What it has not been written yet waits here; one that is too slow is let
/// go, and comes back to where it was.
final class LiveListener: Sendable {
    /// Pieces that wait at the most.
    private static let backlog = 256

    let id: Int
    let principal: Principal
    /// The pipeline it listens to; nil for everything it may know of.
    let pipeline: ID<PipelineRecord>?
    let presence: LivePresence?
    let pieces: AsyncStream<LivePiece>
    private let continuation: AsyncStream<LivePiece>.Continuation
    private let given = Atomic<Int>(0)

    init(id: Int, principal: Principal, pipeline: ID<PipelineRecord>?, presence: LivePresence?) {
        self.id = id
        self.principal = principal
        self.pipeline = pipeline
        self.presence = presence
        (pieces, continuation) = AsyncStream.makeStream(
            of: LivePiece.self, bufferingPolicy: .bufferingOldest(Self.backlog))
    }

    /// Gives it a piece, and tells how many signs of life it has been given.
    func give(_ piece: LivePiece) -> Int {
        if case .dropped = continuation.yield(piece) { continuation.finish() }
        guard piece.sequence == nil else { return 0 }
        return given.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// Ends its stream after what waits.
    func stop() { continuation.finish() }
}
