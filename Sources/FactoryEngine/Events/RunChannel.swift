import FactoryDomain
import FactoryStore
import Synchronization

/// The latest events of a run that is being driven, in one buffer for all who read them.
///
/// A reader holds a place in the buffer and is woken when something comes after it; nothing is queued per reader, so
/// one that does not read costs nothing. Who falls behind the buffer's beginning takes what it missed from the store,
/// and what the store does not hold yet, the last stretch of each running text, from here.
final class RunChannel: Sendable {
    /// Bytes of events in the buffer at the most, as ``FeedEvent/bytes`` counts them; the newest event stays whatever its size.
    static let limitBytes = 256 * 1024

    /// What there is for a reader at some place in the buffer.
    enum Delivery {
        /// Everything after that place, and the place behind it.
        case events([FeedEvent], next: Int)
        /// The buffer begins after that place.
        case behind
        /// Nothing more will come.
        case closed
        case cancelled
    }

    /// How a reader that comes from the store gets into the buffer.
    enum Joining {
        /// It stands at this place.
        case at(Int)
        /// After these events, which close the gap, it stands at this place.
        case after([FeedEvent], Int)
        /// The store holds text of these attempts that it has not been given.
        case needsText([(attempt: OpenAttempt, stream: LogStream, upTo: Int64)])
        /// The store holds events that it has not been given.
        case needsEvents
        /// It knows from the store what has not been shown yet: it waits for something to come after this place.
        case early(Int)
    }

    struct State {
        var events: [FeedEvent] = []
        /// Events at the front of `events` that have left the buffer.
        var dropped = 0
        /// Place of `events[dropped]`, counted from the first event of this channel.
        var first = 0
        var bytes = 0
        var position: EventPosition
        var attempts: [ID<Attempt>: OpenAttempt] = [:]
        var isClosed = false
        var nextReader = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        /// What was last handed to a reader: readers that keep up all get this one.
        var latest: (start: Int, end: Int, events: [FeedEvent]) = (0, 0, [])

        var end: Int { first + events.count - dropped }
    }

    let run: ID<Run>
    private let state: Mutex<State>

    /// A channel for events after the stored event `sequence`.
    init(run: ID<Run>, after sequence: Int64) {
        self.run = run
        state = Mutex(State(position: EventPosition(sequence: sequence)))
    }

    /// Shows what has just reached the disk.
    func show(_ commit: RunCommit) {
        change { state in
            for chunk in commit.logs {
                guard let stream = LogStream(rawValue: chunk.stream) else { continue }
                state.attempts[chunk.attempt]?.texts[stream]?.keep(chunk.text.utf8.count)
            }
            var started = commit.started[...]
            for event in commit.events {
                guard let sequence = event.sequence else { continue }
                if event.kind == .attemptStarted, let attempt = started.popFirst(), let step = event.step {
                    state.attempts[attempt.id] = OpenAttempt(
                        id: attempt.id, started: sequence, step: step, number: attempt.number)
                }
                state.position.sequence = sequence
                state.position.passing = 0
                append(event, to: &state)
            }
            for settlement in commit.settled {
                guard let attempt = state.attempts.removeValue(forKey: settlement.attempt) else { continue }
                state.position.close(attempt: attempt.started)
            }
        }
    }

    /// Shows text of an attempt at once; it is kept as log text.
    ///
    /// - Returns: the events that show it.
    func show(_ text: String, _ stream: LogStream, of id: ID<Attempt>, at: Timestamp) -> [RunEvent] {
        guard !text.isEmpty else { return [] }
        return change { state in
            var events: [RunEvent] = []
            for piece in text.pieces(ofAtMost: RunEvent.textLimit) {
                guard let attempt = state.attempts[id]?.identity else { break }
                let offset = state.attempts[id]?.texts[stream]?.shown ?? 0
                let event = RunEvent.text(
                    String(piece), stream, offset: offset, step: attempt.step, attempt: attempt.number, at: at)
                state.attempts[id]?.texts[stream, default: OpenText(at: at)].show(piece, at: at)
                state.position.passing += 1
                state.position.give(
                    attempt: attempt.started, stream, upTo: offset + Int64(piece.utf8.count))
                append(event, to: &state)
                events.append(event)
            }
            return events
        }
    }

    /// Shows how far an attempt is; only the last word on that matters to who comes later.
    func show(progress event: RunEvent, of id: ID<Attempt>) {
        change { state in
            guard state.attempts[id] != nil else { return }
            state.position.passing += 1
            append(event, to: &state)
            state.attempts[id]?.progress = state.events.last
        }
    }

    /// Nothing more will come.
    func close() { change { $0.isClosed = true } }

    private func append(_ event: RunEvent, to state: inout State) {
        let shown = FeedEvent(event, of: run, at: state.position)
        state.events.append(shown)
        state.bytes += shown.bytes
        while state.bytes > Self.limitBytes, state.events.count - state.dropped > 1 {
            state.bytes -= state.events[state.dropped].bytes
            state.dropped += 1
            state.first += 1
        }
        if state.dropped > 64, state.dropped > state.events.count / 2 {
            state.events.removeFirst(state.dropped)
            state.dropped = 0
        }
    }

    private func change<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
        let (value, waiting) = state.withLock { state -> (Value, [Int: CheckedContinuation<Void, Never>]) in
            let end = state.end
            let value = body(&state)
            guard state.end > end || state.isClosed else { return (value, [:]) }
            defer { state.waiting = [:] }
            return (value, state.waiting)
        }
        for reader in waiting.values { reader.resume() }
        return value
    }

    func withState<Value: Sendable>(_ body: (inout State) -> Value) -> Value { state.withLock { body(&$0) } }
}
