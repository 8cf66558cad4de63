import Synchronization

/// Collects what a stream brings.
final class Pieces: Sendable {
    private let state = Mutex<(count: Int, bytes: [UInt8])>((0, []))

    /// Adds a piece, and gives how many there are.
    func add(_ bytes: [UInt8]) -> Int {
        state.withLock { state in
            state.count += 1
            state.bytes += bytes
            return state.bytes.count / 3
        }
    }

    var text: String { String(decoding: state.withLock { $0.bytes }, as: UTF8.self) }
}
