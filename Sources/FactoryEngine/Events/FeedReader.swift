import FactoryDomain
import FactoryStore

/// Where one reader of a run's feed stands, and how it goes on: through the store to the buffer of the driven run.
struct FeedReader {
    private enum Phase {
        /// Catching up from the store.
        case stored
        /// In the buffer, before this place.
        case live(RunChannel, Int)
        case ended
    }

    private let run: ID<Run>
    private let hub: EventHub
    private var phase = Phase.stored
    private var replay: StoredReplay
    private var isNew = true

    init(run: ID<Run>, position: EventPosition, store: any RunStore, hub: EventHub) {
        self.run = run
        self.hub = hub
        replay = StoredReplay(run: run, position: position, store: store)
    }

    mutating func next() async throws(StoreError) -> [FeedEvent]? {
        while !Task.isCancelled {
            switch phase {
            case .ended: return nil
            case .live(let channel, let place):
                switch await channel.next(after: place) {
                case .events(let events, let next):
                    phase = .live(channel, next)
                    replay.position = events.last?.position ?? replay.position
                    return events
                case .behind, .closed: phase = .stored
                case .cancelled: return nil
                }
            case .stored:
                do throws(StoreError) {
                    if let events = try await catchUp() { return events }
                } catch {
                    // Reading ends with its task, and that is no failure of the store.
                    guard !Task.isCancelled else { return nil }
                    throw error
                }
            }
        }
        return nil
    }

    /// One step towards the buffer, or the end; nil where it gave nothing to show.
    private mutating func catchUp() async throws(StoreError) -> [FeedEvent]? {
        // Looked up before the store is read: what the store does not hold then will go through this channel.
        let channel = hub.channel(of: run)
        if isNew {
            isNew = false
            if let channel, case .at(let place) = channel.join(at: replay.position) {
                phase = .live(channel, place)
                return nil
            }
            try await replay.begin()
        }
        if let events = try await replay.next() { return events }
        guard let channel else {
            if let events = try await replay.rest() { return events }
            phase = .ended
            return nil
        }
        switch channel.join(at: replay.position) {
        case .at(let place): phase = .live(channel, place)
        case .early(let place): _ = await channel.wait(beyond: place)
        case .needsEvents: break
        case .needsText(let missing): try await replay.fetch(missing.map { ($0.attempt.id, $0.attempt.started) })
        case .after(let events, let place):
            phase = .live(channel, place)
            replay.position = events.last?.position ?? replay.position
            if !events.isEmpty { return events }
        }
        return nil
    }
}
