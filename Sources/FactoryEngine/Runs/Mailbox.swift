import Synchronization

/// What reaches a run while it is being driven, in order; the driver takes everything that has come at once.
///
/// One reader, any number of writers. Taking in bulk is what lets many settlements share one transaction.
final class Mailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        var reader: CheckedContinuation<[Message], Never>?
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Leaves `message` for the reader; false when the mailbox is closed and nobody will read it.
    @discardableResult
    func post(_ message: Message) -> Bool {
        let (isTaken, reader) = state.withLock { state -> (Bool, CheckedContinuation<[Message], Never>?) in
            guard !state.isClosed else { return (false, nil) }
            guard let reader = state.reader else {
                state.messages.append(message)
                return (true, nil)
            }
            state.reader = nil
            return (true, reader)
        }
        reader?.resume(returning: [message])
        return isTaken
    }

    /// Takes no further messages and gives those that were not read.
    func close() -> [Message] {
        state.withLock { state in
            state.isClosed = true
            defer { state.messages = [] }
            return state.messages
        }
    }

    /// Waits for the first message and gives all there are.
    func take() async -> [Message] {
        await withCheckedContinuation { continuation in
            let ready = state.withLock { state -> [Message] in
                guard !state.messages.isEmpty else {
                    state.reader = continuation
                    return []
                }
                defer { state.messages = [] }
                return state.messages
            }
            if !ready.isEmpty { continuation.resume(returning: ready) }
        }
    }
}
