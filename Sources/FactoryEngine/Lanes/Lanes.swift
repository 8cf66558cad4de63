import Synchronization

/// The widths: how many attempts of each kind of work run at once, over all runs of this engine.
///
/// A run that finds its lane full queues up and is handed the next free place, first come, first served. A place handed
/// over is already taken for that run; it uses it or gives it back. A run that is itself the next in line keeps the
/// place it would give back, so that the step that ends and the one that starts share a transaction.
final class Lanes: Sendable {
    /// Who asked: told when a place has been taken in its name.
    typealias Waiter = @Sendable (Lane) -> Void

    private let widths: LaneWidths

    private struct State {
        var free: [Lane: Int]
        var waiting: [Lane: WaitingLine] = [:]
        /// True when no further place is handed out.
        var isClosed = false
        /// Who wants to know that no place is taken any more.
        var emptied: [Int: CheckedContinuation<Void, Never>] = [:]
        var lastID = 0
    }

    private let state: Mutex<State>

    init(widths: LaneWidths) {
        self.widths = widths
        state = Mutex(State(free: Dictionary(uniqueKeysWithValues: Lane.allCases.map { ($0, widths[$0]) })))
    }

    /// Takes a place if one is free and nobody waits for it.
    func take(_ lane: Lane) -> Bool {
        state.withLock { state in
            guard !state.isClosed, state.free[lane, default: 0] > 0, state.waiting[lane]?.isEmpty ?? true else {
                return false
            }
            state.free[lane, default: 0] -= 1
            return true
        }
    }

    /// Queues `waiter` for the next free place; it may be called before this returns.
    func wait(for lane: Lane, as id: Int, _ waiter: @escaping Waiter) {
        let isFree = state.withLock { state in
            if state.free[lane, default: 0] > 0, !state.isClosed {
                state.free[lane, default: 0] -= 1
                return true
            }
            state.waiting[lane, default: WaitingLine()].append(id, waiter)
            return false
        }
        if isFree { waiter(lane) }
    }

    /// Gives a place back, to the first who waits for one.
    ///
    /// - Returns: true when that is `giver` itself: the place stays taken in its name, and its waiter is not told.
    @discardableResult
    func give(back lane: Lane, by giver: Int? = nil) -> Bool {
        let (next, emptied) = state.withLock { state in
            guard !state.isClosed, let next = state.waiting[lane]?.popFirst() else {
                state.free[lane, default: 0] += 1
                return (nil as (id: Int, waiter: Waiter)?, takeEmptied(&state))
            }
            return (next, [])
        }
        for continuation in emptied { continuation.resume() }
        guard let next else { return false }
        if next.id == giver { return true }
        next.waiter(lane)
        return false
    }

    /// Hands out no further place.
    func close() { state.withLock { $0.isClosed = true } }

    /// Returns when the lanes are closed and no place is taken, or when the surrounding task is cancelled.
    func emptied() async {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let emptied = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                    guard !Task.isCancelled else { return [continuation] }
                    state.emptied[id] = continuation
                    return takeEmptied(&state)
                }
                for continuation in emptied { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.emptied.removeValue(forKey: id) }?.resume()
        }
    }

    /// Everyone to be told that no place is taken, if that is so.
    private func takeEmptied(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
        guard state.isClosed, Lane.allCases.allSatisfy({ state.free[$0] == widths[$0] }) else { return [] }
        defer { state.emptied = [:] }
        return Array(state.emptied.values)
    }

    /// How full each lane is.
    var use: [LaneUse] {
        state.withLock { state in
            Lane.allCases.map { lane in
                LaneUse(
                    lane: lane, width: widths[lane], used: widths[lane] - state.free[lane, default: 0],
                    waiting: state.waiting[lane]?.count ?? 0)
            }
        }
    }

    /// Takes back every request of `id` that has not been met.
    func forget(_ id: Int) {
        state.withLock { state in
            for lane in Lane.allCases { state.waiting[lane]?.remove(id) }
        }
    }
}

/// How full a lane is.
public struct LaneUse: Sendable, Hashable {
    /// The kind of work.
    public let lane: Lane
    /// Places there are.
    public let width: Int
    /// Places taken.
    public let used: Int
    /// Runs that wait for a place.
    public let waiting: Int

    /// A lane with `used` of `width` places taken.
    public init(lane: Lane, width: Int, used: Int, waiting: Int) {
        self.lane = lane
        self.width = width
        self.used = used
        self.waiting = waiting
    }
}

extension Engine {
    /// How full each lane is.
    public var laneUse: [LaneUse] { context.lanes.use }
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
