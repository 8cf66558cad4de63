import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryExpressions
import FactoryJSON
import FactorySecrets
import FactoryStore

/// Drives one run: takes what happened from its mailbox, lets the machine decide, keeps the decision in one
/// transaction, and only then acts on it.
///
/// Everything that reaches the mailbox while a transaction is on its way to the disk is decided together and kept in
/// the next one. Attempts and retry delays are child tasks of ``drive()``; none outlives it.
actor RunDriver {
    enum Message: Sendable {
        case report(AttemptReport)
        case retryDue(Int)
        /// A place in this lane has been taken in the run's name.
        case granted(Lane)
        case logs(LogChunk)
        case cancel
        case asked(Question, Asker)
        /// The engine takes no further runs: one that is paused is left as it stands once nothing runs in it.
        case stopping
        /// The engine stops: the run is left as it stands in the store.
        case interrupted
    }

    /// What somebody wants of the run, and waits for.
    enum Question: Sendable {
        case pause
        case resume(SecretVault)
        /// Nothing but to know whether the run goes on.
        case leave
    }

    enum Answer: Sendable {
        /// Done, and on the disk.
        case done
        case refused(EngineError)
        /// The run ended, or is no longer driven, before the question came to its turn.
        case left
    }

    typealias Asker = CheckedContinuation<Answer, Never>

    /// What to do once a decision is on the disk.
    enum Action: Sendable {
        case run(AttemptOrder)
        case retry(Int, after: Duration)
        case stopAttempts
    }

    let context: EngineContext
    let pipeline: Pipeline
    var secrets: SecretVault
    let mailbox = Mailbox<Message>()
    /// Distinguishes the runs that wait for places in lanes.
    let waiterID: Int

    var record: RunRecord
    var steps: [StepRunRecord]
    var machine: RunMachine
    var view: RunView
    var settledChanges: [SettledChange]
    var writeConflicts: WriteConflicts
    var attemptNumbers: [Int]
    var lastSequence: Int64
    var ready: [Lane: [Int]] = [:]
    var asked: [Lane: Int] = [:]
    var granted: [Lane: Int] = [:]
    /// Places that attempts of this run hold.
    var held: [Lane: Int] = [:]
    var isInterrupted = false
    var isStopping = false
    /// An attempt found the disk full, and the engine does not wait for room.
    var lacksRoom = false
    /// Keeps what settled attempts have put until the store names it.
    var blobLeases: [BlobLease] = []
    /// Why the store did not take what the task of an attempt decided.
    var turnFailure: StoreError?
    var outcome: RunMachine.Outcome?

    // The decision being made.
    var commit: RunCommit
    var changedSteps: Set<Int> = []
    var actions: [Action] = []
    /// Who waits for the decision to be on the disk.
    var askers: [(asker: Asker, answer: Answer)] = []

    init(context: EngineContext, pipeline: Pipeline, secrets: SecretVault, waiterID: Int, start: RunStart) {
        self.context = context
        self.pipeline = pipeline
        self.secrets = secrets
        self.waiterID = waiterID
        record = start.record
        steps = start.steps
        machine = start.machine
        view = start.view
        settledChanges = start.settledChanges
        writeConflicts = WriteConflicts(start.settledChanges)
        attemptNumbers = start.attemptNumbers
        lastSequence = start.lastSequence
        commit = RunCommit(run: start.record.id, number: start.record.number, lease: context.lease)
    }

    /// Runs until the run reached a final status, the store no longer takes what it decides, or the surrounding task is
    /// cancelled; then the run stands in the store as it was, to be resumed.
    func drive() async throws(StoreError) {
        defer { leavePlaces() }
        let failure = await withTaskCancellationHandler {
            await driven()
        } onCancel: {
            mailbox.post(.interrupted)
        }
        if let failure { throw failure }
    }

    /// Gives back every place in a lane that is taken in the run's name, and asks for none any more. Whoever waits for
    /// an answer learns that the run is no longer driven.
    func leavePlaces() {
        if asked.values.contains(where: { $0 > 0 }) { context.lanes.forget(waiterID) }
        for message in mailbox.close() {
            switch message {
            case .granted(let lane): granted[lane, default: 0] += 1
            case .asked(_, let asker): askers.append((asker, .left))
            default: break
            }
        }
        for (asker, _) in askers { asker.resume(returning: .left) }
        askers = []
        for (lane, count) in granted.merging(held, uniquingKeysWith: +) {
            for _ in 0..<count { context.lanes.give(back: lane) }
        }
        (granted, held) = ([:], [:])
    }

    private func driven() async -> StoreError? {
        await withDiscardingTaskGroup(returning: StoreError?.self) { group in
            do throws(StoreError) {
                act(in: &group)
                while outcome == nil {
                    for message in await mailbox.take() { handle(message) }
                    if let turnFailure { throw turnFailure }
                    // What attempts report that were stopped for this is nobody's decision about the run.
                    guard !isInterrupted, !Task.isCancelled else {
                        group.cancelAll()
                        return nil
                    }
                    try await decide()
                    // The last settlement goes into one transaction with the end of the run.
                    guard outcome == nil else { break }
                    act(in: &group)
                    if isStopping, machine.isPaused, machine.isWaiting {
                        group.cancelAll()
                        return nil
                    }
                }
                try await finish()
                // After a cancel a retry may still be waiting for its time.
                group.cancelAll()
                return nil
            } catch {
                group.cancelAll()
                return error
            }
        }
    }

    /// Leaves a message for the run.
    nonisolated func tell(_ message: Message) { mailbox.post(message) }

    /// Asks something of the run and waits for the answer.
    nonisolated func ask(_ question: Question) async -> Answer {
        await withCheckedContinuation { asker in
            if !mailbox.post(.asked(question, asker)) { asker.resume(returning: .left) }
        }
    }

    /// Lets what is ready start, keeps what was decided and answers who asked; without an outcome only.
    func decide() async throws(StoreError) {
        if lacksRoom {
            try await keep()
            throw .diskFull
        }
        startReadySteps()
        guard outcome == nil else { return }
        try await keep()
        answer()
    }

    private func answer() {
        for (asker, answer) in askers { asker.resume(returning: answer) }
        askers = []
    }

    private func act(in group: inout DiscardingTaskGroup) {
        let (context, mailbox) = (context, mailbox)
        for action in actions {
            switch action {
            case .run(let order): group.addTask { await self.carryOut(from: order) }
            case .retry(let step, let delay):
                group.addTask {
                    do { try await context.clock.sleep(for: delay) } catch { return }
                    mailbox.post(.retryDue(step))
                }
            case .stopAttempts: group.cancelAll()
            }
        }
        actions = []
    }
}
