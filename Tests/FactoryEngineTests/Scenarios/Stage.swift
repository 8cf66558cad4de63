import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import Synchronization
import Testing

/// Plays a scenario with the real engine on a real store, in step with its rehearsal.
struct Stage {
    private let folder = TemporaryFolder()
    private let store: SQLiteStore
    private let player: Player
    private let pipeline: Pipeline
    private let width: Int
    private var house: House
    private var run: DrivenRun
    private var events: AsyncStream<RunEvent>.Iterator
    private let vault = SecretVault(values: [:], nonce: "nonce")

    /// One engine, with a clock of its own.
    private struct House {
        let engine: Engine
        let clock = ManualClock()
        let driving: Task<Void, Never>
        let zero: ManualClock.Instant
        /// What clocks before this one showed, in milliseconds.
        let before: Int64

        init(_ store: SQLiteStore, _ player: Player, blobs: String, width: Int, before: Int64) async throws {
            let clock = clock
            let zero = clock.now
            let now = { @Sendable in
                Timestamp(milliseconds: 1_700_000_000_000 + before + zero.duration(to: clock.now).wholeMilliseconds)
            }
            let engine = try await Engine(
                store: store, blobs: try BlobStore(folder: blobs, temporaryName: { "temporary" }),
                executors: [player.playing("transform"), player.playing("condition")], changes: NoWorkspace(),
                widths: LaneWidths(code: 1, other: width), ids: IDGenerator(now: now), clock: clock, now: now,
                jitter: { $0 })
            (self.engine, self.zero, self.before) = (engine, zero, before)
            driving = Task { await engine.run() }
        }

        /// A moment of the scenario on this clock.
        func moment(_ milliseconds: Int64) -> Duration { .milliseconds(milliseconds - before) }

        var elapsed: Int64 { before + zero.duration(to: clock.now).wholeMilliseconds }
    }

    init(_ pipeline: Pipeline, acts: [String: [Act]], width: Int) async throws {
        self.pipeline = pipeline
        self.width = width
        player = Player(acts)
        store = try SQLiteStore(in: DataFolder(path: folder.path))
        house = try await House(store, player, blobs: folder.file("blobs"), width: width, before: 0)
        run = try await house.engine.start(
            RunRequest(pipeline: pipeline, inputs: [:], secrets: vault, workspace: folder.path))
        events = run.events.makeAsyncIterator()
    }

    var report: RunReport { get async throws { try await store.report(of: run.id) } }

    /// Steps in the order in which their attempts started.
    var starts: [String] {
        get async throws {
            try await store.events(of: run.id, after: 0, limit: 100_000)
                .filter { $0.kind == .attemptStarted }.compactMap(\.step)
        }
    }

    /// What happened last.
    func lastEvents() async throws -> [RunEvent.Kind] {
        let all = try await store.events(of: run.id, after: 0, limit: 100_000)
        let numbers = all.map(\.sequence)
        #expect(numbers == (1...Int64(all.count)).map { $0 })
        return all.suffix(1).map(\.kind)
    }

    /// Does `move`; `rehearsal` stands where the run has to stand before it.
    mutating func play(_ move: Move, _ rehearsal: Rehearsal) async throws {
        switch move {
        case .now(let step, let act): player.give(act, to: step, attempt: rehearsal.attempt(of: step))
        case .pass(let time):
            await house.clock.untilSleeping(
                until: rehearsal.delayEnds.map(house.moment), andUntilAtMost: rehearsal.nextTimeout.map(house.moment))
            house.clock.advance(by: time)
        case .cancel: try await house.engine.cancel(run.id)
        case .pause: try await house.engine.pause(run.id)
        case .resume: follow(try await house.engine.resume(run.id, secrets: vault))
        case .alone(let step):
            player.earlier(rehearsal.attemptsSoFar)
            let past = try await report
            var request = RunRequest(pipeline: pipeline, inputs: [:], secrets: vault, workspace: folder.path)
            request.only = try LoneStep(step, of: pipeline, from: (past.run, past.steps))
            follow(try await house.engine.start(request))
        case .retry(let step): follow(try await house.engine.retry(run.id, from: step, secrets: vault))
        case .crash:
            house.driving.cancel()
            await house.driving.value
            house = try await House(
                store, player, blobs: folder.file("blobs"), width: width, before: house.elapsed)
            let vault = vault
            if let recovered = try await house.engine.recover(secrets: { _ in vault }).first { follow(recovered) }
        case .check: break
        }
    }

    /// Waits until the run stands so.
    mutating func reach(_ standing: String) async throws {
        while true {
            let report = try await report
            let seen =
                "\(Notation.line(report.steps, report.attempts)) | \(Notation.run(report.run))"
                + (report.run.pausedAt == nil ? "" : " paused")
            if seen == standing { return }
            guard await events.next() != nil else {
                // What was read may have been read before the last event.
                let last = try await self.report
                guard
                    Notation.line(last.steps, last.attempts) != Notation.line(report.steps, report.attempts)
                        || last.run.status != report.run.status
                else { throw Astray(expected: standing, seen: seen) }
                continue
            }
        }
    }

    /// Ends the engine.
    func close() async {
        house.engine.shutdown()
        house.driving.cancel()
        await house.driving.value
    }

    struct Astray: Error, CustomStringConvertible {
        let expected: String
        let seen: String
        var description: String { "the engine stands at \(seen), the machine at \(expected)" }
    }

    private mutating func follow(_ run: DrivenRun) {
        self.run = run
        events = run.events.makeAsyncIterator()
    }
}

/// Does in an engine what a scenario's acts say.
private final class Player: Sendable {
    private struct State {
        var given: [String: Act] = [:]
        var waiting: [String: CheckedContinuation<Act?, Never>] = [:]
        var gone: Set<String> = []
        var earlier: [String: Int] = [:]
    }

    private let acts: [String: [Act]]
    private let state = Mutex(State())

    init(_ acts: [String: [Act]]) { self.acts = acts }

    func playing(_ type: String) -> some StepExecutor { Part(type: type, player: self) }

    /// Says how many attempts each step has made in the runs before the next.
    func earlier(_ attempts: [String: Int]) { state.withLock { $0.earlier = attempts } }

    /// Ends an attempt that hangs, or is about to.
    func give(_ act: Act, to step: String, attempt: Int) {
        let key = "\(step)#\(attempt)"
        let waiting = state.withLock { state -> CheckedContinuation<Act?, Never>? in
            guard let waiting = state.waiting.removeValue(forKey: key) else {
                state.given[key] = act
                return nil
            }
            return waiting
        }
        waiting?.resume(returning: act)
    }

    /// What the attempt does; nil where it was stopped.
    private func act(_ step: String, _ number: Int) async -> Act? {
        let attempt = state.withLock { $0.earlier[step, default: 0] } + number
        let act = (acts[step] ?? []).dropFirst(attempt - 1).first ?? .succeed
        guard act == .hang else { return act }
        let key = "\(step)#\(attempt)"
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                enum Answer { case now(Act?), later }
                let answer = state.withLock { state -> Answer in
                    if let given = state.given.removeValue(forKey: key) { return .now(given) }
                    if state.gone.contains(key) { return .now(nil) }
                    state.waiting[key] = continuation
                    return .later
                }
                if case .now(let act) = answer { continuation.resume(returning: act) }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                state.gone.insert(key)
                return state.waiting.removeValue(forKey: key)
            }
            waiting?.resume(returning: nil)
        }
    }

    private struct Part: StepExecutor {
        let type: String
        let player: Player
        var lane: Lane { .other }

        func execute(_ work: StepWork) async throws(StepFailure) -> StepOutcome {
            switch await player.act(work.step.id, work.attemptNumber) {
            case .succeed?, .hang?: return .value(["step": .string(work.step.id)])
            case .give(let value)?: return .value(value)
            case .branch(let name)?: return .branches(taken: BranchDecision(name: name), StepOutput(value: [:]))
            case .end(let name, let message)?:
                return .branches(taken: BranchDecision(name: name, failureMessage: message), StepOutput(value: [:]))
            case .fail(let kind)?: throw StepFailure(code: kind.rawValue, class: kind, message: "no")
            case .failAsking(let kind, let wait)?:
                throw StepFailure(code: kind.rawValue, class: kind, message: "no", retryAfter: wait)
            case nil: throw StepFailure(code: "cancelled", message: "stopped")
            }
        }
    }
}
