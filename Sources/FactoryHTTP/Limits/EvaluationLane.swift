import Dispatch
import FactoryAPI
import Synchronization

/// Where expressions of clients are evaluated and documents checked: on two threads of their own, so that however
/// expensive they are, everything else goes on.
final class EvaluationLane: Sendable {
    /// Threads.
    static let width = 2
    /// Of one owner, under way and waiting.
    static let perOwner = 8
    /// Of all owners together.
    static let total = 64
    /// How long one may take once it has begun.
    static let limit = Duration.seconds(2)

    private enum Stage: Sendable {
        case begun, late
        case ended(Result<Reply, APIProblem>)
    }

    private let executor = LaneExecutor(width: width)
    private let clock: any Clock<Duration>
    private let counts = Mutex<[String: Int]>([:])

    /// - Parameter clock: measures ``limit``.
    init(clock: any Clock<Duration>) { self.clock = clock }

    /// What `body` gives.
    /// - Throws: what `body` throws; `too_many_evaluations`; `evaluation_timeout`, while the work goes on to the limits of
    ///   expressions and counts until then.
    func run(
        for owner: String, _ body: @escaping @Sendable () async throws(APIProblem) -> Reply
    ) async throws(APIProblem) -> Reply {
        guard enter(owner) else {
            throw APIProblem(
                .tooManyEvaluations, "too many evaluations and validations are under way",
                headers: [(name: "Retry-After", value: "2")])
        }
        let (stages, stage) = AsyncStream.makeStream(of: Stage.self)
        let work = Task(executorPreference: executor) { [self] in
            defer { leave(owner) }
            // Who asked may have gone while it waited.
            guard !Task.isCancelled else { return }
            stage.yield(.begun)
            let result: Result<Reply, APIProblem>
            do throws(APIProblem) { result = .success(try await body()) } catch { result = .failure(error) }
            stage.yield(.ended(result))
        }
        var timer: Task<Void, Never>?
        defer {
            timer?.cancel()
            work.cancel()
        }
        for await now in stages {
            switch now {
            case .begun:
                timer = Task { [clock] in
                    do { try await clock.sleep(for: Self.limit) } catch { return }
                    stage.yield(.late)
                }
            case .late:
                throw APIProblem(
                    .evaluationTimeout, "this took longer than two seconds",
                    hint: "try it on less data; in a run it has more time")
            case .ended(let result): return try result.get()
            }
        }
        // The request's task was cancelled: its connection is gone.
        throw APIProblem(.stopping, "the server is stopping")
    }

    private func enter(_ owner: String) -> Bool {
        counts.withLock { counts in
            guard counts[owner, default: 0] < Self.perOwner, counts.values.reduce(0, +) < Self.total else {
                return false
            }
            counts[owner, default: 0] += 1
            return true
        }
    }

    private func leave(_ owner: String) {
        counts.withLock { counts in
            let rest = counts[owner, default: 0] - 1
            counts[owner] = rest > 0 ? rest : nil
        }
    }
}

/// Runs jobs in the order they come, on so many threads at most.
///
/// Each has a serial queue: those get threads of their own. A concurrent one would take the threads that all tasks share.
private final class LaneExecutor: TaskExecutor {
    private struct State {
        var waiting: [UnownedJob] = []
        var free: [DispatchQueue]
    }

    private let state: Mutex<State>

    init(width: Int) {
        state = Mutex(State(free: (0..<width).map { DispatchQueue(label: "factory.evaluation.\($0)") }))
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let free = state.withLock { state in
            state.waiting.append(job)
            return state.free.popLast()
        }
        free?.async { self.work(on: free) }
    }

    private func work(on thread: DispatchQueue?) {
        while let job = next(for: thread) { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }

    private func next(for thread: DispatchQueue?) -> UnownedJob? {
        state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            if let thread { state.free.append(thread) }
            return nil
        }
    }
}
