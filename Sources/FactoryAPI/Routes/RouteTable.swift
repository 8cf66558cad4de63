/// Every route of the API, as data. What stands here is served; what does not is 404.
public enum RouteTable {
    /// All routes.
    public static let all: [Route] =
        server + pipelines + collaboration + templates + steps + runs + files + accounts + secrets + providers
        + triggers + webhooks + alerts

    private static let server: [Route] = [
        Route(.health, .get, "/healthz", .anyone),
        Route(.readiness, .get, "/readyz", .anyone),
        Route(.metrics, .get, "/metrics", .anyone),
        Route(.openapi, .get, "/api/v1/openapi.json", .anyone),
        Route(.clientScript, .get, "/api/v1/client.js", .anyone),
        Route(.clientTypes, .get, "/api/v1/client.d.ts", .anyone),
        Route(.doctor, .get, "/api/v1/doctor", .admin(.admin)),
        Route(.schema, .get, "/api/v1/schema", .signedIn(.read)),
    ]

    private static let pipelines: [Route] = [
        Route(
            .listPipelines, .get, "/api/v1/pipelines", .signedIn(.read),
            query: ["limit", "cursor", "q", "tag", "owner", "visibility", "favourite", "sort", "trashed"]),
        Route(.createPipeline, .post, "/api/v1/pipelines", .signedIn(.edit), query: ["draft"], body: .document),
        Route(.getPipeline, .get, "/api/v1/pipelines/{id}", .pipeline(.viewer, .read)),
        Route(
            .replacePipeline, .put, "/api/v1/pipelines/{id}", .pipeline(.editor, .edit), query: ["draft", "merge"],
            body: .document),
        Route(
            .changePipeline, .patch, "/api/v1/pipelines/{id}", .pipeline(.editor, .edit), query: ["draft", "merge"],
            body: .document),
        Route(.trashPipeline, .delete, "/api/v1/pipelines/{id}", .pipeline(.owner, .edit), query: ["purge"]),
        Route(.restorePipeline, .post, "/api/v1/pipelines/{id}/restore", .pipeline(.owner, .edit), body: .json()),
        Route(.validate, .post, "/api/v1/validate", .signedIn(.read), body: .document),
        Route(.validatePipeline, .post, "/api/v1/pipelines/{id}/validate", .pipeline(.viewer, .read), body: .document),
        Route(.evaluate, .post, "/api/v1/pipelines/{id}/evaluate", .pipeline(.viewer, .read), body: .json()),
    ]

    private static let templates: [Route] = [
        Route(
            .listTemplates, .get, "/api/v1/templates", .signedIn(.read), query: ["limit", "cursor", "q", "category"]),
        Route(.publishTemplate, .post, "/api/v1/templates", .signedIn(.edit), body: .json()),
        Route(.getTemplate, .get, "/api/v1/templates/{name}", .signedIn(.read)),
        Route(.removeTemplate, .delete, "/api/v1/templates/{name}", .template(.edit)),
    ]

    private static let steps: [Route] = [
        Route(.listSteps, .get, "/api/v1/pipelines/{id}/steps", .pipeline(.viewer, .read)),
        Route(
            .addStep, .post, "/api/v1/pipelines/{id}/steps", .pipeline(.editor, .edit), query: ["at", "draft"],
            body: .document),
        Route(
            .reorderSteps, .post, "/api/v1/pipelines/{id}/steps/reorder", .pipeline(.editor, .edit), query: ["draft"],
            body: .json()),
        Route(.getStep, .get, "/api/v1/pipelines/{id}/steps/{step_id}", .pipeline(.viewer, .read)),
        Route(
            .replaceStep, .put, "/api/v1/pipelines/{id}/steps/{step_id}", .pipeline(.editor, .edit),
            query: ["draft", "merge"], body: .document),
        Route(
            .removeStep, .delete, "/api/v1/pipelines/{id}/steps/{step_id}", .pipeline(.editor, .edit),
            query: ["draft", "merge"]),
    ]

    private static let runs: [Route] = [
        Route(.startRun, .post, "/api/v1/pipelines/{id}/runs", .pipeline(.runner, .run), body: .json()),
        Route(
            .listRuns, .get, "/api/v1/runs", .signedIn(.read),
            query: ["limit", "cursor", "pipeline", "number", "status", "trigger", "since", "until"]),
        Route(.getRun, .get, "/api/v1/runs/{id}", .run(.metadata, .read)),
        Route(.getStepRun, .get, "/api/v1/runs/{id}/steps/{step_id}", .run(.full, .read)),
        Route(.getRunLogs, .get, "/api/v1/runs/{id}/logs", .run(.full, .read), query: ["limit", "cursor", "order"]),
        Route(
            .getStepLogs, .get, "/api/v1/runs/{id}/steps/{step_id}/logs", .run(.full, .read),
            query: ["limit", "cursor", "order"]),
        Route(.followRun, .get, "/api/v1/runs/{id}/events", .run(.full, .read)),
        Route(.cancelRun, .post, "/api/v1/runs/{id}/cancel", .run(.full, .run), body: .json()),
        Route(.pauseRun, .post, "/api/v1/runs/{id}/pause", .run(.full, .run), body: .json()),
        Route(.resumeRun, .post, "/api/v1/runs/{id}/resume", .run(.full, .run), body: .json()),
        Route(.retryRun, .post, "/api/v1/runs/{id}/retry", .run(.full, .run), body: .json()),
        Route(.forkRun, .post, "/api/v1/runs/{id}/fork", .run(.full, .run), body: .json()),
    ]

    private static let providers: [Route] = [
        Route(.listProviders, .get, "/api/v1/providers", .signedIn(.read)),
        Route(.createProvider, .post, "/api/v1/providers", .signedIn(.edit), body: .json()),
        Route(.findProviders, .get, "/api/v1/providers/found", .admin(.admin)),
        Route(.admitProvider, .post, "/api/v1/providers/found", .admin(.admin), body: .json()),
        Route(.getLocalModel, .get, "/api/v1/providers/install-local", .admin(.read)),
        Route(.installLocalModel, .post, "/api/v1/providers/install-local", .admin(.admin), body: .json()),
        Route(.cancelLocalModel, .delete, "/api/v1/providers/install-local", .admin(.admin)),
        Route(.getProvider, .get, "/api/v1/providers/{id}", .signedIn(.read)),
        Route(.changeProvider, .patch, "/api/v1/providers/{id}", .signedIn(.edit), body: .json()),
        Route(.removeProvider, .delete, "/api/v1/providers/{id}", .signedIn(.edit)),
        Route(.testProvider, .post, "/api/v1/providers/{id}/test", .signedIn(.run), body: .json()),
        Route(.listModels, .get, "/api/v1/models", .signedIn(.read), query: ["refresh"]),
        Route(.changeModel, .patch, "/api/v1/models/{id}", .signedIn(.edit), body: .json()),
        Route(.setModelAlias, .put, "/api/v1/models/aliases/{name}", .signedIn(.edit), body: .json()),
        Route(
            .removeModelAlias, .delete, "/api/v1/models/aliases/{name}", .signedIn(.edit), query: ["for_all"]),
        Route(
            .getUsage, .get, "/api/v1/usage", .signedIn(.read), query: ["since", "until", "pipeline", "all"]),
    ]

    private static let files: [Route] = [
        Route(.getChanges, .get, "/api/v1/runs/{id}/changes", .run(.full, .read)),
        Route(.applyChanges, .post, "/api/v1/runs/{id}/changes/apply", .run(.full, .run), body: .json()),
        Route(.discardChanges, .post, "/api/v1/runs/{id}/changes/discard", .run(.full, .run), body: .json()),
        Route(.undoChanges, .post, "/api/v1/runs/{id}/changes/undo", .run(.full, .run), body: .json()),
        Route(.listArtifacts, .get, "/api/v1/runs/{id}/artifacts", .run(.full, .read)),
        Route(.getArchive, .get, "/api/v1/runs/{id}/archive", .run(.full, .read)),
        Route(.getArtifact, .get, "/api/v1/artifacts/{id}", .artifact(.read)),
        Route(.getFile, .get, "/api/v1/files", .signedIn(.read), query: ["path", "limit", "cursor"]),
        Route(.putFile, .put, "/api/v1/files", .signedIn(.edit), query: ["path"], body: .file(limitBytes: 16 << 20)),
        Route(.deleteFile, .delete, "/api/v1/files", .signedIn(.edit), query: ["path"]),
        Route(.listUploads, .get, "/api/v1/uploads", .signedIn(.read)),
        Route(.createUpload, .post, "/api/v1/uploads", .signedIn(.edit), body: .json()),
        Route(.getUpload, .get, "/api/v1/uploads/{id}", .signedIn(.read)),
        Route(.continueUpload, .patch, "/api/v1/uploads/{id}", .signedIn(.edit), body: .stream),
        Route(.removeUpload, .delete, "/api/v1/uploads/{id}", .signedIn(.edit)),
    ]

    private static let secrets: [Route] = [
        Route(
            .listSecrets, .get, "/api/v1/secrets", .signedIn(.read), query: ["limit", "cursor", "environment"]),
        Route(.getSecret, .get, "/api/v1/secrets/{name}", .signedIn(.read), query: ["environment"]),
        Route(.putSecret, .put, "/api/v1/secrets/{name}", .signedIn(.edit), body: .json()),
        Route(.removeSecret, .delete, "/api/v1/secrets/{name}", .signedIn(.edit), query: ["environment"]),
        Route(
            .listVariables, .get, "/api/v1/variables", .signedIn(.read), query: ["limit", "cursor", "environment"]),
        Route(.getVariable, .get, "/api/v1/variables/{name}", .signedIn(.read), query: ["environment"]),
        Route(.putVariable, .put, "/api/v1/variables/{name}", .signedIn(.edit), body: .json()),
        Route(.removeVariable, .delete, "/api/v1/variables/{name}", .signedIn(.edit), query: ["environment"]),
        Route(.listEnvironments, .get, "/api/v1/environments", .signedIn(.read), query: ["limit", "cursor"]),
        Route(.getEnvironment, .get, "/api/v1/environments/{name}", .signedIn(.read)),
        Route(.putEnvironment, .put, "/api/v1/environments/{name}", .signedIn(.edit), body: .json()),
        Route(.removeEnvironment, .delete, "/api/v1/environments/{name}", .signedIn(.edit)),
    ]
}
