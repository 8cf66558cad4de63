import Synchronization

/// What reaches a run while it is being driven, in order; the driver takes everything that has come at once.
///
/// One reader, any number of writers. Taking in bulk is what lets many settlements share one transaction.
final class Mailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        var reader: CheckedContinuation<[Message], Never>?
        /// True while somebody acts in the place of the reader, which waits.
        var isTurnTaken = false
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Leaves `message` for the reader; false when the mailbox is closed and nobody will read it.
    @discardableResult
    func post(_ message: Message) -> Bool {
        let (isTaken, reader) = state.withLock { state -> (Bool, CheckedContinuation<[Message], Never>?) in
            guard !state.isClosed else { return (false, nil) }
            guard let reader = state.reader, !state.isTurnTaken else {
                state.messages.append(message)
                return (true, nil)
            }
            state.reader = nil
            return (true, reader)
        }
        reader?.resume(returning: [message])
        return isTaken
    }

    /// Lets the caller act in the place of the reader until ``endTurn(wakesReader:)``; messages wait meanwhile. False
    /// where the reader is at work itself, or somebody else in its place.
    func takeTurn() -> Bool {
        state.withLock { state in
            guard state.reader != nil, !state.isTurnTaken else { return false }
            state.isTurnTaken = true
            return true
        }
    }

    /// Gives the turn back. The reader goes on with what has come meanwhile; where nothing has, if it is to be woken.
    func endTurn(wakesReader: Bool) {
        let (reader, messages) = state.withLock { state -> (CheckedContinuation<[Message], Never>?, [Message]) in
            state.isTurnTaken = false
            guard wakesReader || !state.messages.isEmpty else { return (nil, []) }
            defer { (state.reader, state.messages) = (nil, []) }
            return (state.reader, state.messages)
        }
        reader?.resume(returning: messages)
    }

    /// Takes no further messages and gives those that were not read.
    func close() -> [Message] {
        state.withLock { state in
            state.isClosed = true
            defer { state.messages = [] }
            return state.messages
        }
    }

    /// Waits for the first message and gives all there are; none where whoever acted in the reader's place says so.
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
