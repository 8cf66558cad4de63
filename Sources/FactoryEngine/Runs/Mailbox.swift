import Synchronization

/// What reaches a run while it is being driven, in order; the driver takes everything that has come at once.
///
/// One reader, any number of writers. Taking in bulk is what lets many settlements share one transaction.
final class Mailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        var reader: CheckedContinuation<[Message], Never>?
    }

    private let state = Mutex(State())

    func post(_ message: Message) {
        let reader = state.withLock { state -> CheckedContinuation<[Message], Never>? in
            guard let reader = state.reader else {
                state.messages.append(message)
                return nil
            }
            state.reader = nil
            return reader
        }
        reader?.resume(returning: [message])
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
