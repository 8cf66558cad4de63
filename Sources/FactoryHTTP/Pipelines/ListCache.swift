import FactoryStore
import NIOCore
import Synchronization

/// Lists of pipelines as they were sent, for as long as nothing has changed that they show.
///
/// Dashboards ask for the same list again and again. The store counts its changes, so an answer is never older than
/// the last change that somebody was told is kept.
final class ListCache: Sendable {
    /// Who asked for what.
    struct Key: Hashable, Sendable {
        let viewer: PipelineViewer
        let query: [String]
    }

    /// Bytes of all answers together: 8 MiB.
    private static let limitBytes = 8 << 20
    private static let limitCount = 256

    private struct State {
        var generation: UInt64 = 0
        var answers: [Key: ByteBuffer] = [:]
        var bytes = 0
    }

    private let state = Mutex(State())

    /// The answer of this generation; nil where there is none.
    func answer(to key: Key, generation: UInt64) -> ByteBuffer? {
        state.withLock { $0.generation == generation ? $0.answers[key] : nil }
    }

    /// Keeps an answer that was read at `generation` or later.
    func keep(_ answer: ByteBuffer, to key: Key, generation: UInt64) {
        state.withLock { state in
            guard generation >= state.generation else { return }
            let isFull = state.bytes + answer.readableBytes > Self.limitBytes || state.answers.count >= Self.limitCount
            if generation > state.generation || isFull { state = State(generation: generation) }
            guard answer.readableBytes <= Self.limitBytes, state.answers.updateValue(answer, forKey: key) == nil else {
                return
            }
            state.bytes += answer.readableBytes
        }
    }
}
