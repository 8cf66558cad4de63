import FactoryDomain
import FactoryStore

extension RunChannel {
    /// What comes after `place`; waits until there is something.
    func next(after place: Int) async -> Delivery {
        while true {
            if let delivery = withState({ Self.delivery(after: place, in: &$0) }) { return delivery }
            if await !wait(beyond: place) { return .cancelled }
        }
    }

    /// How a reader at `position` gets into the buffer.
    func join(at position: EventPosition) -> Joining {
        withState { state in
            if let place = Self.place(of: position, in: state) { return .at(place) }
            // Before its first event a channel does not know what an engine that is gone has left.
            if !state.isClosed, state.end == 0 || position.sequence > state.position.sequence {
                return .early(state.end)
            }
            guard position.sequence == state.position.sequence else { return .needsEvents }
            let open = state.attempts.values.sorted { $0.started < $1.started }
            var missing: [(attempt: OpenAttempt, stream: LogStream, upTo: Int64)] = []
            for attempt in open {
                for stream in LogStream.allCases {
                    guard let text = attempt.texts[stream],
                        position.offset(attempt: attempt.started, stream) < text.kept
                    else { continue }
                    missing.append((attempt, stream, text.kept))
                }
            }
            guard missing.isEmpty else { return .needsText(missing) }
            return .after(gap(from: position, open, state), state.end)
        }
    }

    /// The ends of the running texts that a reader at `position` has not been given, and where the attempts stand.
    private func gap(from position: EventPosition, _ open: [OpenAttempt], _ state: State) -> [FeedEvent] {
        var shown: [RunEvent] = []
        var positions: [EventPosition] = []
        var reached = position
        for attempt in open {
            for stream in LogStream.allCases {
                guard let text = attempt.texts[stream] else { continue }
                var offset = max(text.kept, position.offset(attempt: attempt.started, stream))
                for piece in text.tail.dropping(bytes: offset - text.kept).pieces(ofAtMost: RunEvent.textLimit)
                where !piece.isEmpty {
                    shown.append(
                        .text(
                            String(piece), stream, offset: offset, step: attempt.step, attempt: attempt.number,
                            at: text.at))
                    offset += Int64(piece.utf8.count)
                    reached.give(attempt: attempt.started, stream, upTo: offset)
                    positions.append(reached)
                }
            }
            if let progress = attempt.progress, progress.position.isAfter(position) {
                shown.append(progress.event)
                positions.append(reached)
            }
        }
        if !positions.isEmpty { positions[positions.count - 1] = state.position }
        return zip(shown, positions).map { FeedEvent($0, of: run, at: $1) }
    }

    private static func delivery(after place: Int, in state: inout State) -> Delivery? {
        guard place >= state.first else { return .behind }
        guard place < state.end else { return state.isClosed ? .closed : nil }
        if state.latest.start != place || state.latest.end != state.end {
            state.latest = (place, state.end, Array(state.events[(state.dropped + place - state.first)...]))
        }
        return .events(state.latest.events, next: state.end)
    }

    /// The place behind the event that left its reader at exactly `position`; nil when the buffer does not hold it.
    private static func place(of position: EventPosition, in state: State) -> Int? {
        var (low, high) = (state.dropped, state.events.count)
        while low < high {
            let middle = (low + high) / 2
            let other = state.events[middle].position
            if position.isAfter(other) { low = middle + 1 } else { high = middle }
        }
        guard low < state.events.count, state.events[low].position == position else { return nil }
        return state.first + low - state.dropped + 1
    }

    /// Waits until something comes after `place`; false when the task was cancelled.
    func wait(beyond place: Int) async -> Bool {
        let reader = withState { state in
            state.nextReader += 1
            return state.nextReader
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = withState { state in
                    guard place == state.end, !state.isClosed, !Task.isCancelled else { return true }
                    state.waiting[reader] = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            withState { $0.waiting.removeValue(forKey: reader) }?.resume()
        }
        return !Task.isCancelled
    }
}

extension EventPosition {
    /// True when some event came between `other` and this position.
    fileprivate func isAfter(_ other: EventPosition) -> Bool {
        (sequence, passing) > (other.sequence, other.passing)
    }
}
