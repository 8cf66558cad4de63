import Synchronization

/// Values that a callback saw, and a way to wait for the first.
final class Seen<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])
    private let stream = AsyncStream<Void>.makeStream()

    var all: [Value] { values.withLock { $0 } }

    func add(_ value: Value) {
        values.withLock { $0.append(value) }
        stream.continuation.yield()
    }

    /// No more will come.
    func finish() { stream.continuation.finish() }

    /// Returns when there is one, or none will come.
    func first() async {
        for await _ in stream.stream { return }
    }
}
