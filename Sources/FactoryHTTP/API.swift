import FactoryAPI
import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryStore

/// Answers requests that were let in: one handler for each operation, and none without one.
struct API: Sendable {
    /// Largest text of a document, in bytes: what the reader of documents takes as JSON.
    static let documentBytes = NodeLimits.document.maxBytes * 5

    let services: HTTPServices
    let drain: Latch
    let running = RunningKeys()
    let contract = StandingAnswer { try OpenAPIDocument().json }
    let documentSchema = StandingAnswer { FormatSchema.document() }

    func answer(_ request: APIRequest) async throws(APIProblem) -> Reply {
        switch request.route.operation {
        case .health: health()
        case .readiness: await readiness()
        case .metrics: await metrics()
        case .doctor: .json(await services.doctor())
        case .schema: try schema(request)
        case .openapi: try openapi(request)
        case .listPipelines: try await listPipelines(request)
        case .createPipeline: try await createPipeline(request)
        case .getPipeline: try await getPipeline(request)
        case .replacePipeline: try await replacePipeline(request)
        case .changePipeline: try await changePipeline(request)
        case .trashPipeline: try await trashPipeline(request)
        case .restorePipeline: try await restorePipeline(request)
        case .validate: try validate(request)
        case .validatePipeline: try await validatePipeline(request)
        case .evaluate: try await evaluate(request)
        case .listSteps: try await listSteps(request)
        case .addStep: try await addStep(request)
        case .getStep: try await getStep(request)
        case .replaceStep: try await replaceStep(request)
        case .removeStep: try await removeStep(request)
        case .reorderSteps: try await reorderSteps(request)
        case .startRun: try await startRun(request)
        case .listRuns: try await listRuns(request)
        case .getRun: try await getRun(request)
        case .getStepRun: try await getStepRun(request)
        case .getRunLogs, .getStepLogs: try await getLogs(request)
        case .followRun: try await followRun(request)
        case .cancelRun: try await cancelRun(request)
        case .pauseRun: try await pauseRun(request)
        case .resumeRun: try await resumeRun(request)
        case .retryRun: try await retryRun(request)
        case .listTriggers: try await listTriggers(request)
        case .createTrigger: try await createTrigger(request)
        case .getTrigger: try await getTrigger(request)
        case .changeTrigger: try await changeTrigger(request)
        case .removeTrigger: try await removeTrigger(request)
        case .listDeliveries: try await listDeliveries(request)
        case .getDelivery: try await getDelivery(request)
        case .redeliver: try await redeliver(request)
        case .receiveHook: try await receiveHook(request)
        case .validateSchedule: try validateSchedule(request)
        case .listWebhooks: try await listWebhooks(request)
        case .createWebhook: try await createWebhook(request)
        case .getWebhook: try await getWebhook(request)
        case .changeWebhook: try await changeWebhook(request)
        case .removeWebhook: try await removeWebhook(request)
        case .listMessages: try await listMessages(request)
        case .resendMessage: try await resendMessage(request)
        case .getChanges: try await getChanges(request)
        case .applyChanges: try await settleChanges(request, accept: true)
        case .discardChanges: try await settleChanges(request, accept: false)
        case .listArtifacts: try await listArtifacts(request)
        case .getArtifact: try await getArtifact(request)
        case .getFile: try getFile(request)
        case .putFile: try putFile(request)
        case .deleteFile: try deleteFile(request)
        }
    }
}

// MARK: - What the parts below throw

extension API {
    /// What a store gives, or the problem that its error is.
    func stored<Value: Sendable>(
        _ body: () async throws(StoreError) -> Value
    ) async throws(APIProblem) -> Value {
        do throws(StoreError) { return try await body() } catch { throw APIProblem(error) }
    }

    /// What the engine gives, or the problem that its error is.
    func engine<Value: Sendable>(
        _ body: (Engine) async throws(EngineError) -> Value
    ) async throws(APIProblem) -> Value {
        do throws(EngineError) { return try await body(services.engine) } catch { throw APIProblem(error) }
    }
}

extension APIProblem {
    /// What an error of the store means to a client.
    init(_ error: StoreError) {
        switch error {
        case .notFound(let kind, let id): self.init(.notFound, "there is no \(kind) \(id)")
        case .nameTaken(let name):
            self.init(.nameTaken, "another pipeline is named \(name)", hint: "choose another name")
        case .exists(let kind, let id): self.init(.conflict, "there is a \(kind) \(id) already")
        case .changed: self.init(.preconditionFailed, "it was changed meanwhile")
        case .diskFull: self.init(.storageFull, "the disk is full; nothing was lost", hint: "free some space")
        case .staleLease, .held, .newer: self.init(.unavailable, "another engine has taken the store over")
        // The reason may speak of files and statements: it stands in the log, not here.
        case .unavailable: self.init(.unavailable, "the store is out of reach")
        }
    }

    /// What an error of the engine means to a client.
    init(_ error: EngineError) {
        switch error {
        case .store(let error): self.init(error)
        case .invalidDocument(let problems):
            self.init(
                .invalidDocument, "the run's document cannot be run by this program", errors: problems.map(Entry.init))
        case .isRunning, .hasEnded, .hasNotEnded, .isPaused, .isCancelling, .nothingToRetry, .changesCarriedOut,
            .nothingPending:
            self.init(.conflict, error.description)
        case .unknownStep: self = .invalid(field: "step", "names no step of this run")
        case .storage: self.init(.unavailable, "a value could not be stored or read")
        case .isStopping: self.init(.stopping, "the server is stopping", headers: [(name: "Retry-After", value: "5")])
        }
    }
}

extension APIProblem.Entry {
    /// A problem of a document or of inputs.
    init(_ problem: Problem) {
        self.init(
            path: problem.path, code: problem.code, message: problem.message, hint: problem.hint,
            severity: problem.severity.rawValue, line: problem.line, column: problem.column)
    }
}
