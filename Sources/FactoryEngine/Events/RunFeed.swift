public import FactoryDomain
public import FactoryStore

/// Everything of a run after a position, in order: stored events and passing ones, in batches, each once.
///
/// What is past comes from the store, what is present from the buffer that all readers of the run share. Ends after the
/// run's last event; for a run that nobody drives, after what the store holds of it. A reader that is slow, or comes
/// back with an old position, is given every stored event and every byte of text that it missed; of what attempts said
/// about their progress only the last word. Text that comes late comes in larger pieces.
public struct RunFeed: AsyncSequence, Sendable {
    /// Some events in order, at least one.
    public typealias Element = [FeedEvent]
    /// What reading may fail with.
    public typealias Failure = StoreError

    let run: ID<Run>
    let position: EventPosition
    let store: any RunStore
    let hub: EventHub

    /// A reader that begins at the feed's position.
    public func makeAsyncIterator() -> Iterator {
        Iterator(reader: FeedReader(run: run, position: position, store: store, hub: hub))
    }

    /// A reader of a feed. Costs nothing while it is not asked.
    public struct Iterator: AsyncIteratorProtocol {
        var reader: FeedReader

        /// The next batch; nil after the last, and when the task is cancelled.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(StoreError) -> [FeedEvent]? {
            try await reader.next()
        }
    }
}

extension Engine {
    /// Everything of a run after `position`: see ``RunFeed``.
    public func feed(of run: ID<Run>, after position: EventPosition = .start) -> RunFeed {
        RunFeed(run: run, position: position, store: context.store, hub: context.hub)
    }
}
