import FactoryDefinition
import FactoryDomain

/// Decides what happens in one run: events in, effects out. Pure: no clock, no store, no executor.
///
/// A step waits for its needs, is then decided (skipped, or made ready), runs attempts and is settled exactly once.
/// Settling a step decides the steps that waited for it; when none is left unsettled the run has its outcome. The rules
/// are those of the pipeline format: *Skips*, *Failure*, `retry`, `on_error`, branches.
struct RunMachine: Sendable {
    /// Where one step stands.
    enum StepState: Sendable, Hashable {
        /// Some of its needs are not settled.
        case pending
        /// Its needs are settled and its `if` is being evaluated.
        case deciding
        /// It shall run and waits for a place in its lane, or for the end of a pause.
        case ready
        case running
        /// A failed attempt will be followed by another.
        case retrying
        case succeeded(branch: String?)
        case failed(handled: Bool)
        case cancelled
        case skipped(SkipReason)

        var isSettled: Bool {
            switch self {
            case .pending, .deciding, .ready, .running, .retrying: false
            case .succeeded, .failed, .cancelled, .skipped: true
            }
        }
    }

    /// How a condition ends the whole run.
    enum Ending: Sendable, Hashable { case end, fail }

    /// What happened.
    enum Event: Sendable {
        case begin
        /// The `if` of a step was evaluated.
        case decided(Int, runs: Bool)
        /// The `if` of a step could not be evaluated.
        case undecidable(Int)
        /// An attempt of a step that was ready has begun.
        case started(Int)
        case succeeded(Int, branch: String?)
        case failed(Int, StepFailure.Class, retryAfter: Duration?)
        /// The attempt was stopped because the run is being cancelled.
        case stopped(Int)
        /// The process that ran the attempt is gone.
        case lost(Int)
        case retryDue(Int)
        case cancel
        /// Nothing more shall start; what runs goes on to its end.
        case pause
        /// What a pause held back may start.
        case resume
    }

    /// What to do about it.
    enum Effect: Sendable, Hashable {
        /// Evaluate the step's `if` and report `decided` or `undecidable`.
        case evaluate(Int, AncestorState)
        /// The step is ready: start an attempt as soon as its lane has a place.
        case start(Int)
        /// Report `retryDue` after the backoff (before jitter), and not before the other side's `Retry-After`.
        case retry(Int, backoff: Duration, atLeast: Duration)
        /// The step reached a final state.
        case settled(Int)
        /// Stop every running attempt.
        case stopAttempts
        /// Every step is settled.
        case finish(Outcome)
    }

    /// What `succeeded()` and `failed()` see.
    struct AncestorState: Sendable, Hashable {
        var allSucceeded: Bool
        var anyFailed: Bool
    }

    /// How the run ends, as far as its steps decide it.
    enum Outcome: Sendable, Hashable {
        case succeeded
        /// The step whose failure is the run's.
        case failed(Int)
        case cancelled
        /// Every step was disabled.
        case nothingEnabled
    }

    /// Attempts lost in a row after which a step fails.
    static let lostLimit = 3

    let plan: RunPlan
    private(set) var steps: [StepState]
    /// Needs not settled yet, by step.
    private var openNeeds: [Int]
    private var unsettled: Int
    private var failedAttempts: [Int]
    private var lostInRow: [Int]
    private var firstFailure: Int?
    private var isCancelling = false
    /// True from a pause to its resume.
    private(set) var isPaused = false
    private var ending: Ending?
    private var hasFinished = false

    /// A run in which nothing happened yet.
    init(plan: RunPlan) {
        self.init(plan: plan, steps: Array(repeating: .pending, count: plan.nodes.count))
    }

    /// A run that stands where `steps` say.
    ///
    /// - Parameters:
    ///   - failedAttempts: attempts that failed and count against `retry`, by step.
    ///   - lostInRow: attempts lost since the last that was not, by step.
    ///   - firstFailure: the step that failed first and unhandled.
    init(
        plan: RunPlan, steps: [StepState], failedAttempts: [Int]? = nil, lostInRow: [Int]? = nil,
        firstFailure: Int? = nil, isCancelling: Bool = false, isPaused: Bool = false
    ) {
        self.plan = plan
        self.steps = steps
        self.failedAttempts = failedAttempts ?? Array(repeating: 0, count: steps.count)
        self.lostInRow = lostInRow ?? Array(repeating: 0, count: steps.count)
        self.firstFailure = firstFailure
        openNeeds = plan.nodes.map { node in node.needs.count { !steps[$0].isSettled } }
        unsettled = steps.count { !$0.isSettled }
        // A cancel that comes when every step is settled comes too late: the change set may be half applied.
        self.isCancelling = isCancelling && unsettled > 0
        self.isPaused = isPaused && !isCancelling
        // An ending settles every pending step at once, so where one is pending the ending was taken back.
        if !steps.contains(.pending) { ending = Self.ending(in: plan, steps) }
    }

    /// True once a condition has ended the run.
    var isEnding: Bool { ending != nil }

    /// True while nothing runs and nothing can start before time passes or a person resumes the run.
    var isWaiting: Bool {
        if steps.contains(where: { $0 == .running || $0 == .deciding }) { return false }
        return isPaused ? unsettled > 0 : steps.contains(.retrying) && !steps.contains(.ready)
    }

    /// Takes `event` and tells what follows from it. An event that does not fit the step's state changes nothing.
    mutating func apply(_ event: Event) -> [Effect] {
        var effects: [Effect] = []
        switch event {
        case .begin: begin(&effects)
        case .decided(let step, let runs):
            guard steps[step] == .deciding else { return [] }
            if runs { ready(step, &effects) } else { settle(step, .skipped(.if), &effects) }
        case .undecidable(let step):
            guard steps[step] == .deciding else { return [] }
            fail(step, &effects)
        case .started(let step):
            guard steps[step] == .ready, !isPaused else { return [] }
            steps[step] = .running
        case .succeeded(let step, let branch):
            guard steps[step] == .running else { return [] }
            succeed(step, branch: branch, &effects)
        case .failed(let step, let failure, let retryAfter):
            guard steps[step] == .running else { return [] }
            attemptFailed(step, failure, retryAfter: retryAfter, &effects)
        case .stopped(let step):
            guard steps[step] == .running else { return [] }
            settle(step, .cancelled, &effects)
        case .lost(let step):
            guard steps[step] == .running else { return [] }
            attemptLost(step, &effects)
        case .retryDue(let step):
            guard steps[step] == .retrying else { return [] }
            ready(step, &effects)
        case .cancel: cancel(&effects)
        case .pause: isPaused = isPaused || unsettled > 0 && !isCancelling
        case .resume: resume(&effects)
        }
        finishIfDone(&effects)
        return effects
    }

    private mutating func begin(_ effects: inout [Effect]) {
        if isCancelling { return stopPending(as: .skipped(.cancelled), &effects) }
        for step in steps.indices where steps[step] == .pending && openNeeds[step] == 0 {
            if let skip = decide(step, &effects) { settle(step, .skipped(skip), &effects) }
        }
    }

    private mutating func finishIfDone(_ effects: inout [Effect]) {
        guard unsettled == 0, !hasFinished else { return }
        hasFinished = true
        effects.append(.finish(outcome))
    }

    private var outcome: Outcome {
        if isCancelling { return .cancelled }
        if let firstFailure { return .failed(firstFailure) }
        let isIdle = !plan.nodes.isEmpty && plan.nodes.allSatisfy { !$0.isEnabled }
        return isIdle ? .nothingEnabled : .succeeded
    }
}

// MARK: - Attempts

extension RunMachine {
    private mutating func ready(_ step: Int, _ effects: inout [Effect]) {
        steps[step] = .ready
        if !isPaused { effects.append(.start(step)) }
    }

    private mutating func resume(_ effects: inout [Effect]) {
        guard isPaused else { return }
        isPaused = false
        for step in steps.indices where steps[step] == .ready { effects.append(.start(step)) }
    }

    private mutating func succeed(_ step: Int, branch: String?, _ effects: inout [Effect]) {
        guard let ending = branch.flatMap({ Self.ending(of: $0, in: plan.nodes[step]) }) else {
            return settle(step, .succeeded(branch: branch), &effects)
        }
        // From here on nothing further is decided: the run ends with what is running now.
        self.ending = self.ending ?? ending
        if ending == .fail { firstFailure = firstFailure ?? step }
        settle(step, ending == .fail ? .failed(handled: false) : .succeeded(branch: branch), &effects)
        stopPending(as: .skipped(.branch), &effects)
    }

    private mutating func attemptFailed(
        _ step: Int, _ failure: StepFailure.Class, retryAfter: Duration?, _ effects: inout [Effect]
    ) {
        failedAttempts[step] += 1
        lostInRow[step] = 0
        let retry = plan.nodes[step].retry
        guard failedAttempts[step] < retry.maxAttempts, retry.onAny || retry.on.contains(failure), !isCancelling,
            ending == nil
        else { return fail(step, &effects) }
        steps[step] = .retrying
        let backoff = retry.delay(beforeRetry: failedAttempts[step])
        effects.append(.retry(step, backoff: backoff, atLeast: retryAfter ?? .zero))
    }

    /// An attempt lost to a crash does not count against `retry`; it is repeated at once.
    private mutating func attemptLost(_ step: Int, _ effects: inout [Effect]) {
        lostInRow[step] += 1
        if isCancelling {
            settle(step, .cancelled, &effects)
        } else if lostInRow[step] >= Self.lostLimit {
            fail(step, &effects)
        } else {
            ready(step, &effects)
        }
    }

    private mutating func fail(_ step: Int, _ effects: inout [Effect]) {
        let isHandled = plan.nodes[step].handlesFailure
        if !isHandled { firstFailure = firstFailure ?? step }
        settle(step, .failed(handled: isHandled), &effects)
    }

    private mutating func cancel(_ effects: inout [Effect]) {
        guard !isCancelling, unsettled > 0 else { return }
        isCancelling = true
        isPaused = false
        effects.append(.stopAttempts)
        stopPending(as: .skipped(.cancelled), &effects)
    }

    /// Settles every step that has not started; one between two attempts counts as cancelled.
    private mutating func stopPending(as state: StepState, _ effects: inout [Effect]) {
        for step in steps.indices {
            switch steps[step] {
            case .pending, .deciding: settle(step, state, &effects)
            case .ready:
                let hasStarted = failedAttempts[step] > 0 || lostInRow[step] > 0
                settle(step, hasStarted ? .cancelled : state, &effects)
            case .retrying: settle(step, .cancelled, &effects)
            default: break
            }
        }
    }

    private static func ending(of branch: String, in node: RunPlan.Node) -> Ending? {
        node.branches.first { $0.name == branch }?.ending
    }

    /// The ending that a succeeded condition among `steps` took; nil where none did.
    static func ending(in plan: RunPlan, _ steps: [StepState]) -> Ending? {
        for (node, state) in zip(plan.nodes, steps) {
            if case .succeeded(let branch?) = state, let ending = ending(of: branch, in: node) { return ending }
        }
        return nil
    }
}

// MARK: - Decisions

extension RunMachine {
    /// Settles `step` and decides every step that waited only for it, and so on.
    private mutating func settle(_ step: Int, _ state: StepState, _ effects: inout [Effect]) {
        var open = [(step, state)]
        while let (step, state) = open.popLast() {
            guard !steps[step].isSettled else { continue }
            steps[step] = state
            unsettled -= 1
            effects.append(.settled(step))
            for dependent in plan.dependents[step] {
                openNeeds[dependent] -= 1
                guard openNeeds[dependent] == 0, steps[dependent] == .pending, !isCancelling, ending == nil
                else { continue }
                if let skip = decide(dependent, &effects) { open.append((dependent, .skipped(skip))) }
            }
        }
    }

    /// Gives the reason to skip a step whose needs are settled, or makes it go on and gives nil.
    private mutating func decide(_ step: Int, _ effects: inout [Effect]) -> SkipReason? {
        let node = plan.nodes[step]
        if let reason = reasonOfBranches(step) { return reason }
        if !node.judgesAncestors, let reason = reasonOfNeeds(step) { return reason }
        guard node.isEnabled else { return .disabled }
        if node.hasCondition {
            steps[step] = .deciding
            effects.append(.evaluate(step, ancestorState(of: step)))
        } else {
            ready(step, &effects)
        }
        return nil
    }

    /// A branch target runs only when a branch that names it was taken.
    private func reasonOfBranches(_ step: Int) -> SkipReason? {
        let deciders = plan.deciders[step]
        guard !deciders.isEmpty else { return nil }
        var reason = SkipReason.branch
        for decider in deciders {
            switch steps[decider] {
            case .succeeded(let branch):
                let taken = plan.nodes[decider].branches.first { $0.name == branch }
                if taken?.targets.contains(step) == true { return nil }
            case .failed(handled: false), .skipped(.upstreamFailed): reason = .upstreamFailed
            default: break
            }
        }
        return reason
    }

    /// What the settled needs say: an unhandled failure above, or nothing but branches not taken.
    private func reasonOfNeeds(_ step: Int) -> SkipReason? {
        let isPlain = plan.nodes[step].needs.allSatisfy { if case .succeeded = steps[$0] { true } else { false } }
        if isPlain { return nil }
        let needs = effectiveNeeds(of: step)
        let failed = needs.contains { steps[$0] == .failed(handled: false) || steps[$0] == .skipped(.upstreamFailed) }
        if failed { return .upstreamFailed }
        let onlyBranches = !needs.isEmpty && needs.allSatisfy { steps[$0] == .skipped(.branch) }
        return onlyBranches ? .branch : nil
    }

    /// The needs of `step`, where one skipped by `if` or `disabled` is replaced by its own.
    private func effectiveNeeds(of step: Int) -> Set<Int> {
        var found: Set<Int> = []
        var seen: Set<Int> = []
        var open = plan.nodes[step].needs
        while let next = open.popLast() {
            guard seen.insert(next).inserted else { continue }
            if steps[next] == .skipped(.if) || steps[next] == .skipped(.disabled) {
                open += plan.nodes[next].needs
            } else {
                found.insert(next)
            }
        }
        return found
    }

    private func ancestorState(of step: Int) -> AncestorState {
        guard plan.nodes[step].judgesAncestors else { return AncestorState(allSucceeded: true, anyFailed: false) }
        let failed = plan.ancestors(of: step).contains { steps[$0] == .failed(handled: false) }
        return AncestorState(allSucceeded: !failed, anyFailed: failed)
    }
}
