import FactoryDomain
import FactoryStore
import Synchronization

/// Which runs an engine is at work on: one call or one driver at a time for each.
///
/// A call that means to do something to a run that nobody drives claims it first. Whoever comes meanwhile waits until
/// the claim is given back or has become a driver, and then sees the run as that left it.
final class RunRegister: Sendable {
    private typealias Waiter = CheckedContinuation<Void, Never>

    private struct Entry {
        /// Nil while a call has claimed the run.
        var driver: RunDriver?
        /// Those who wait for a claim to be resolved, or for the driver to leave.
        var waiting: [Waiter] = []
        /// Those who wait for the driver to leave, and may give up waiting.
        var watching: [Int: Waiter] = [:]
    }

    private struct State {
        var entries: [ID<Run>: Entry] = [:]
        var failures: [ID<Run>: StoreError] = [:]
        var lastNumber = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    /// A number that is given once.
    func nextNumber() -> Int {
        state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
    }

    /// How many runs are driven.
    var driven: Int { state.withLock { state in state.entries.values.count { $0.driver != nil } } }

    /// Why the engine stopped driving a run before it ended; nil if it did not.
    func failure(of id: ID<Run>) -> StoreError? { state.withLock { $0.failures[id] } }

    /// Gives the driver of the run. nil where there is none: then the run is the caller's until ``enter(_:_:)`` or
    /// ``release(_:failure:)``.
    func claim(_ id: ID<Run>) async throws(EngineError) -> RunDriver? {
        while true {
            let (entry, isClosed) = state.withLock { state -> (Entry?, Bool) in
                defer { if !state.isClosed, state.entries[id] == nil { state.entries[id] = Entry() } }
                return (state.entries[id], state.isClosed)
            }
            if let driver = entry?.driver { return driver }
            guard entry != nil else {
                guard !isClosed else { throw .isStopping }
                return nil
            }
            await change(of: id, while: nil)
        }
    }

    /// Returns once the run is no longer in the hands of `driver`; nil stands for the call that has claimed it.
    func change(of id: ID<Run>, while driver: RunDriver?) async {
        await withCheckedContinuation { (waiter: Waiter) in
            let waits = state.withLock { state in
                guard let entry = state.entries[id], entry.driver === driver else { return false }
                state.entries[id]?.waiting.append(waiter)
                return true
            }
            if !waits { waiter.resume() }
        }
    }

    /// Returns once nobody drives the run, or when the surrounding task is cancelled.
    func end(of id: ID<Run>) async {
        let number = nextNumber()
        await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: Waiter) in
                let waits = state.withLock { state in
                    guard state.entries[id]?.driver != nil, !Task.isCancelled else { return false }
                    state.entries[id]?.watching[number] = waiter
                    return true
                }
                if !waits { waiter.resume() }
            }
        } onCancel: {
            state.withLock { $0.entries[id]?.watching.removeValue(forKey: number) }?.resume()
        }
    }

    /// Notes that `driver` drives the run, which is new or was claimed by the caller.
    func enter(_ id: ID<Run>, _ driver: RunDriver) throws(EngineError) {
        let waiting = state.withLock { state -> [Waiter]? in
            guard !state.isClosed else { return nil }
            let waiting = state.entries[id]?.waiting
            state.entries[id] = Entry(driver: driver)
            state.failures[id] = nil
            return waiting ?? []
        }
        guard let waiting else { throw .isStopping }
        for waiter in waiting { waiter.resume() }
    }

    /// Says why the engine is about to stop driving the run.
    func note(_ failure: StoreError?, of id: ID<Run>) { state.withLock { $0.failures[id] = failure } }

    /// Gives the run back.
    func release(_ id: ID<Run>, failure: StoreError?) {
        let entry = state.withLock { state in
            state.failures[id] = failure
            return state.entries.removeValue(forKey: id)
        }
        guard let entry else { return }
        for waiter in entry.waiting { waiter.resume() }
        for waiter in entry.watching.values { waiter.resume() }
    }

    /// Lets no further run in, and gives those that are driven.
    func close() -> [RunDriver] {
        state.withLock { state in
            state.isClosed = true
            return state.entries.values.compactMap(\.driver)
        }
    }
}
