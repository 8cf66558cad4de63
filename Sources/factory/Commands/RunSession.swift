import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryServer
import FactoryStore
import Glibc

/// Drives one run in this process, from its start to its exit code.
struct RunSession {
    let configuration: FactoryConfiguration
    /// How this process names itself to another that finds the data folder in use.
    let holder: String
    let options: DriveOptions
    let output: OutputFormat
    /// Keeps what models answer; nil to keep nothing.
    var recording: RunRecording?

    /// Where a session begins.
    enum Beginning: Sendable {
        case new(inputs: JSON, workspace: String, cassette: [UInt8]? = nil)
        /// One step alone, with what it got in a past run: a named one, or the latest that has it.
        case alone(
            String, from: String?, inputs: GivenInputs, sample: JSONObject, workspace: String, cassette: [UInt8]?)
        case resumed(RunRecord)
        /// An ended run once more, from a step where one is named.
        case retried(RunRecord, from: String?)
        /// A run that needs nothing more than a decision about its changes, if that.
        case ended(ID<Run>)
    }

    /// Starts or resumes a run of `pipeline`, shows it, and ends with the command's exit code.
    func run(_ pipeline: Pipeline, _ beginning: Beginning, _ given: GivenValues = GivenValues()) async throws {
        let factory = try await opened()
        let report: RunReport
        do {
            report = try await factory.whileServing {
                try await conclude(try await drive(pipeline, factory, beginning, given), factory)
            }
        } catch {
            await factory.close()
            if let error = error as? EngineError { throw CommandFailure(engine: error) }
            if let error = error as? SecretError { throw CommandFailure(secrets: error) }
            if let error = error as? ServerError { throw CommandFailure(server: error) }
            throw error
        }
        await factory.close()
        try recording?.save()
        RunPrinter(format: output).print(report)
        if let status = ExitStatus(report) { throw CommandFailure(status) }
    }

    private func opened() async throws -> LocalFactory {
        do throws(ServerError) {
            let factory = try await LocalFactory.open(
                configuration, holder: "\(holder) (process \(getpid()))",
                swept: { sweep in
                    if case .failure(let error) = sweep { Output.note("old runs could not be let go: \(error)") }
                }, recorder: recording?.recorder)
            for sentence in factory.wasExposed { Output.note(sentence) }
            return factory
        } catch { throw CommandFailure(server: error) }
    }

    /// Shows the run until it has ended.
    private func drive(
        _ pipeline: Pipeline, _ factory: LocalFactory, _ beginning: Beginning, _ given: GivenValues
    ) async throws -> ID<Run> {
        let run: DrivenRun
        switch beginning {
        case .new(let inputs, let workspace, let cassette):
            let values = try await given.values(for: pipeline, in: factory)
            run = try await factory.engine.start(
                RunRequest(
                    pipeline: pipeline, inputs: inputs, secrets: values.secrets, environment: given.environment,
                    variables: values.variables, workspace: workspace, cassette: cassette))
        case .alone(let step, let source, let inputs, let sample, let workspace, let cassette):
            run = try await factory.engine.start(
                try await request(
                    for: step, of: pipeline, from: source, inputs, sample, workspace, cassette, factory, given))
        case .resumed(let record):
            let vault = try await given.vault(for: record, pipeline, in: factory)
            run = try await factory.engine.resume(record.id, secrets: vault)
        case .retried(let record, let step):
            let vault = try await given.vault(for: record, pipeline, in: factory)
            run = try await factory.engine.retry(record.id, from: step, secrets: vault)
        case .ended(let id): return id
        }
        let display = display(pipeline, run.id)
        let interrupts = Interrupts {
            Output.note("cancelling; press Ctrl-C again to end at once")
            Task { try await factory.engine.cancel(run.id) }
        }
        defer { interrupts.stop() }
        await withTaskGroup { group in
            group.addTask {
                for await event in run.events { await display.show(event) }
                await display.finish()
            }
            group.addTask {
                while !Task.isCancelled {
                    do { try await Task.sleep(for: .milliseconds(100)) } catch { return }
                    await display.tick()
                }
            }
            await group.next()
            group.cancelAll()
        }
        if let failure = factory.engine.failure(of: run.id) { throw EngineError.store(failure) }
        return run.id
    }

    private func request(
        for step: String, of pipeline: Pipeline, from source: String?, _ inputs: GivenInputs, _ sample: JSONObject,
        _ workspace: String, _ cassette: [UInt8]?, _ factory: LocalFactory, _ given: GivenValues
    ) async throws -> RunRequest {
        let lone: LoneStep
        switch try await factory.loneStep(step, of: pipeline, from: source) {
        case .success(let found): lone = found
        case .failure(let problem): throw CommandFailure(lone: problem)
        }
        let past = try lone.source.map { try factory.engine.given(to: $0) }
        if let source = lone.source { Output.note("`\(step)` alone, with what it got in run \(source.number)") }
        var given = given
        given.environment = given.environment ?? lone.source?.environment
        let values = try await given.values(for: pipeline, only: step, in: factory)
        return RunRequest(
            pipeline: pipeline, inputs: try inputs.checked(past: past?.inputs, sample: sample),
            secrets: values.secrets, environment: given.environment, variables: values.variables,
            workspace: workspace, triggerValue: past?.trigger, cassette: cassette, only: lone)
    }

    /// Has the changes that wait decided, and gives the run as it stands then.
    private func conclude(_ id: ID<Run>, _ factory: LocalFactory) async throws -> RunReport {
        var report = try await factory.report(of: id)
        if report.run.status == .succeeded, report.plan.contains(where: { $0.state == .planned }) {
            // They were accepted, and the process that carried them out ended on the way.
            _ = try await factory.engine.settleChanges(of: id, accept: true)
            report = try await factory.report(of: id)
        }
        guard report.run.changes == .pending else { return report }
        try await settleChanges(of: id, factory)
        return try await factory.report(of: id)
    }

    private func display(_ pipeline: Pipeline, _ run: ID<Run>) -> any ProgressDisplay {
        if options.events { return EventLines(run: run) }
        if Output.isLive { return LiveProgress(pipeline: pipeline, now: ProgramClock.now) }
        return PlainProgress(pipeline: pipeline.name)
    }

    /// Applies what waits when `--yes` says so, or the person at the terminal.
    private func settleChanges(of id: ID<Run>, _ factory: LocalFactory) async throws {
        if options.yes {
            _ = try await factory.engine.settleChanges(of: id, accept: true)
            return
        }
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return }
        for line in try await factory.reviewLines(of: id) { Output.note(line) }
        Output.raw("Apply these changes? [y]es, [n]o, [l]ater: ")
        switch readLine()?.lowercased() {
        case "y", "yes": _ = try await factory.engine.settleChanges(of: id, accept: true)
        case "n", "no": _ = try await factory.engine.settleChanges(of: id, accept: false)
        default: break
        }
    }
}

extension CommandFailure {
    /// What an error of the engine means to whoever called the command.
    init(engine error: EngineError) {
        switch error {
        case .store(let error): self.init(server: .store(error))
        case .invalidDocument: self.init(.invalid, error.description)
        case .hasEnded, .hasNotEnded, .isPaused, .isCancelling, .nothingToRetry, .unknownStep, .changesCarriedOut,
            .nothingPending, .nothingApplied, .unknownChange, .isRunning, .notAskedFor:
            self.init(.usage, error.description)
        default: self.init(.unavailable, error.description)
        }
    }

    /// What it means to whoever called the command that a step cannot be run alone.
    init(lone problem: LoneStepProblem) {
        switch problem {
        case .unknownStep, .otherPipeline, .notEnded: self.init(.usage, problem.message, hint: problem.hint)
        case .disabled, .missing: self.init(.invalid, problem.message, hint: problem.hint)
        }
    }

    /// What an error of the installation means to whoever called the command.
    init(server error: ServerError) {
        switch error {
        case .configuration(let error): self.init(.usage, error.description)
        case .store(.held(let holder)):
            self.init(
                .unavailable, "the data folder is in use by \(holder)",
                hint: "wait for it, stop it, or give this command another --data folder")
        case .store(.notFound(let kind, let id)): self.init(.usage, "there is no \(kind) \(id)")
        case .store(let error): self.init(.unavailable, error.description)
        case .storage(let reason): self.init(.unavailable, reason)
        case .refused(let reason): self.init(.usage, reason)
        case .secrets(let error): self.init(secrets: error)
        }
    }

    /// What an error about secrets and variables means to whoever called the command.
    init(secrets error: SecretError) {
        switch error {
        case .store(.notFound("environment", let name)):
            self.init(
                .usage, "there is no environment \(name)",
                hint: "`factory environment set \(name)` makes it")
        case .store(.notFound(let kind, let name)): self.init(.usage, "there is no \(kind) \(name)")
        case .store(let error): self.init(server: .store(error))
        case .invalid: self.init(.usage, error.description, hint: error.hint)
        case .unusableKey, .missingKey, .noNextKey, .damaged:
            self.init(.unavailable, error.description, hint: error.hint)
        }
    }
}

extension ExitStatus {
    /// The exit code of a run that ended so; nil where it succeeded.
    init?(_ report: RunReport) {
        switch report.run.status {
        case .succeeded where report.run.changes == .pending || report.run.changes == .conflict: self = .waiting
        case .succeeded: return nil
        case .cancelled: self = .cancelled
        default: self = .runFailed
        }
    }
}
