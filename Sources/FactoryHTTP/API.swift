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
    let ready: ReadinessMemory
    let evaluations: EvaluationLane
    let running = RunningKeys()
    let inlets = UploadInlets()
    let compiled = CompiledPipelines()
    let lists = ListCache()
    let contract = StandingAnswer { try OpenAPIDocument().json }
    let documentSchema = StandingAnswer { FormatSchema.document() }

    init(services: HTTPServices, drain: Latch) {
        self.services = services
        self.drain = drain
        evaluations = EvaluationLane(clock: services.clock)
        ready = ReadinessMemory(services.readiness, now: services.now)
    }

    func answer(_ request: APIRequest) async throws(APIProblem) -> Reply {
        var request = request
        if request.route.query.contains("draft") {
            request.models = await services.providers.catalogue(for: request.owner)
        }
        return try await answered(request)
    }

    private func answered(_ request: APIRequest) async throws(APIProblem) -> Reply {
        switch request.route.operation {
        case .health: health()
        case .readiness: await readiness()
        case .metrics: await metrics()
        case .doctor: .json(await services.doctor())
        case .schema: try schema(request)
        case .openapi: try openapi(request)
        case .clientScript: try asset("Client/client.js", .script, request)
        case .clientTypes: try asset("Client/client.d.ts", .types, request)
        case .listPipelines: try await listPipelines(request)
        case .createPipeline: try await createPipeline(request)
        case .getPipeline: try await getPipeline(request)
        case .replacePipeline: try await replacePipeline(request)
        case .changePipeline: try await changePipeline(request)
        case .trashPipeline: try await trashPipeline(request)
        case .restorePipeline: try await restorePipeline(request)
        case .validate: try await validate(request)
        case .validatePipeline: try await validatePipeline(request)
        case .evaluate: try await evaluate(request)
        case .listTemplates: try await listTemplates(request)
        case .getTemplate: try await getTemplate(request)
        case .publishTemplate: try await publishTemplate(request)
        case .removeTemplate: try await removeTemplate(request)
        case .listTags: try await listTags(request)
        case .addFavourite: try await setFavourite(request, true)
        case .removeFavourite: try await setFavourite(request, false)
        case .importPipelines: try await importPipelines(request)
        case .exportPipelines: try await exportPipelines(request)
        case .listVersions: try await listVersions(request)
        case .publishVersion: try await publishVersion(request)
        case .getVersion: try await getVersion(request)
        case .compareVersion: try await compareVersion(request)
        case .restoreVersion: try await restoreVersion(request)
        case .getLayout: try await getLayout(request)
        case .putLayout: try await putLayout(request)
        case .getShares: try await getShares(request)
        case .putShares: try await putShares(request)
        case .removeShares: try await removeShares(request)
        case .putShare: try await putShare(request)
        case .removeShare: try await removeShare(request)
        case .listShareLinks: try await listShareLinks(request)
        case .createShareLink: try await createShareLink(request)
        case .removeShareLink: try await removeShareLink(request)
        case .acceptShareLink: try await acceptShareLink(request)
        case .listComments: try await listComments(request)
        case .addComment: try await addComment(request)
        case .changeComment: try await changeComment(request)
        case .removeComment: try await removeComment(request)
        case .listActivity: try await listActivity(request)
        case .followPipeline: try await followPipeline(request)
        case .followPipelines: try await followPipelines(request)
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
        case .forkRun: try await forkRun(request)
        case .listProviders: try await listProviders(request)
        case .createProvider: try await createProvider(request)
        case .getProvider: try await getProvider(request)
        case .changeProvider: try await changeProvider(request)
        case .removeProvider: try await removeProvider(request)
        case .testProvider: try await testProvider(request)
        case .findProviders: try await findProviders(request)
        case .admitProvider: try await admitProvider(request)
        case .getLocalModel: try await getLocalModel(request)
        case .installLocalModel: try await installLocalModel(request)
        case .cancelLocalModel: try await cancelLocalModel(request)
        case .listModels: try await listModels(request)
        case .changeModel: try await changeModel(request)
        case .setModelAlias: try await setModelAlias(request)
        case .removeModelAlias: try await removeModelAlias(request)
        case .getUsage: try await getUsage(request)
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
        case .listAlerts: try await listAlerts(request)
        case .createAlert: try await createAlert(request)
        case .getAlert: try await getAlert(request)
        case .changeAlert: try await changeAlert(request)
        case .removeAlert: try await removeAlert(request)
        case .listNotifications: try await listNotifications(request)
        case .readNotifications: try await readNotifications(request)
        case .getChanges: try await getChanges(request)
        case .applyChanges: try await settleChanges(request, accept: true)
        case .discardChanges: try await settleChanges(request, accept: false)
        case .undoChanges: try await undoChanges(request)
        case .listArtifacts: try await listArtifacts(request)
        case .getArchive: try await getArchive(request)
        case .getArtifact: try await getArtifact(request)
        case .getFile: try await getFile(request)
        case .putFile: try await putFile(request)
        case .deleteFile: try deleteFile(request)
        case .listUploads: try await listUploads(request)
        case .createUpload: try await createUpload(request)
        case .getUpload: try await getUpload(request)
        case .continueUpload: try await continueUpload(request)
        case .removeUpload: try await removeUpload(request)
        case .listSecrets: try await listSecrets(request)
        case .getSecret: try await getSecret(request)
        case .putSecret: try await putSecret(request)
        case .removeSecret: try await removeSecret(request)
        case .listVariables: try await listVariables(request)
        case .getVariable: try await getVariable(request)
        case .putVariable: try await putVariable(request)
        case .removeVariable: try await removeVariable(request)
        case .listEnvironments: try await listEnvironments(request)
        case .getEnvironment: try await getEnvironment(request)
        case .putEnvironment: try await putEnvironment(request)
        case .removeEnvironment: try await removeEnvironment(request)
        case .setUp: try await setUp(request)
        case .signIn: try await signIn(request)
        case .getSession: try await getSession(request)
        case .signOut: try await signOut(request)
        case .listSessions: try await listSessions(request)
        case .endSession: try await endSession(request)
        case .listUsers: try await listUsers(request)
        case .createUser: try await createUser(request)
        case .getUser: try await getUser(request)
        case .changeUser: try await changeUser(request)
        case .removeUser: try await removeUser(request)
        case .setPassword: try await setPassword(request)
        case .createInvitation: try await createInvitation(request)
        case .lookAtInvitation: try await lookAtInvitation(request)
        case .acceptInvitation: try await acceptInvitation(request)
        case .listKeys: try await listKeys(request)
        case .createKey: try await createKey(request)
        case .revokeKey: try await revokeKey(request)
        case .listAudit: try await listAudit(request)
        case .verifyAudit: try await verifyAudit()
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
        case .full(let kind, let limit):
            self.init(.conflict, "there are \(limit) of this kind (\(kind)) already", hint: "remove one first")
        case .otherKey: self.init(.unavailable, "the master key is being replaced", hint: "try again")
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
            .nothingPending, .nothingApplied:
            self.init(.conflict, error.description)
        case .noRoom: self.init(.quotaExceeded, error.description)
        case .unknownChange: self = .invalid(field: "files", "must be paths of the change set: \(error.description)")
        case .unknownStep: self = .invalid(field: "step", "names no step of this run")
        case .notAskedFor: self = .invalid(field: "step", "names a step that this run of another one left out")
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
