import Synchronization

/// The widths: how many attempts of each kind of work run at once, over all runs of this engine.
///
/// A run that finds its lane full queues up and is handed the next free place, first come, first served. A place handed
/// over is already taken for that run; it uses it or gives it back.
final class Lanes: Sendable {
    /// Who asked: told when a place has been taken in its name.
    typealias Waiter = @Sendable (Lane) -> Void

    private struct State {
        var free: [Lane: Int]
        var waiting: [Lane: [(id: Int, waiter: Waiter)]] = [:]
    }

    private let state: Mutex<State>

    init(widths: LaneWidths) {
        state = Mutex(State(free: Dictionary(uniqueKeysWithValues: Lane.allCases.map { ($0, widths[$0]) })))
    }

    /// Takes a place if one is free and nobody waits for it.
    func take(_ lane: Lane) -> Bool {
        state.withLock { state in
            guard state.free[lane, default: 0] > 0, state.waiting[lane, default: []].isEmpty else { return false }
            state.free[lane, default: 0] -= 1
            return true
        }
    }

    /// Queues `waiter` for the next free place; it may be called before this returns.
    func wait(for lane: Lane, as id: Int, _ waiter: @escaping Waiter) {
        let isFree = state.withLock { state in
            if state.free[lane, default: 0] > 0 {
                state.free[lane, default: 0] -= 1
                return true
            }
            state.waiting[lane, default: []].append((id, waiter))
            return false
        }
        if isFree { waiter(lane) }
    }

    /// Gives a place back, to the first who waits for one.
    func give(back lane: Lane) {
        let next = state.withLock { state -> Waiter? in
            guard var waiting = state.waiting[lane], !waiting.isEmpty else {
                state.free[lane, default: 0] += 1
                return nil
            }
            let first = waiting.removeFirst()
            state.waiting[lane] = waiting
            return first.waiter
        }
        next?(lane)
    }

    /// Takes back every request of `id` that has not been met.
    func forget(_ id: Int) {
        state.withLock { state in
            for lane in Lane.allCases { state.waiting[lane]?.removeAll { $0.id == id } }
        }
    }
}

/// How many attempts of each kind of work run at once.
public struct LaneWidths: Sendable, Hashable {
    /// Attempts that call models.
    public var llm: Int
    /// Attempts that run code.
    public var code: Int
    /// Attempts that call other services.
    public var api: Int
    /// All other attempts.
    public var other: Int

    /// Widths; each at least 1.
    public init(llm: Int = 4, code: Int, api: Int = 16, other: Int = 32) {
        self.llm = max(1, llm)
        self.code = max(1, code)
        self.api = max(1, api)
        self.other = max(1, other)
    }

    subscript(lane: Lane) -> Int {
        switch lane {
        case .llm: llm
        case .code: code
        case .api: api
        case .other: other
        }
    }
}
