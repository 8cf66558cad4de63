/// Every route of the API, as data. What stands here is served; what does not is 404.
public enum RouteTable {
    /// All routes.
    public static let all: [Route] = server + pipelines + steps + runs + files + triggers + webhooks

    private static let server: [Route] = [
        Route(.health, .get, "/healthz", .anyone),
        Route(.readiness, .get, "/readyz", .anyone),
        Route(.metrics, .get, "/metrics", .anyone),
        Route(.openapi, .get, "/api/v1/openapi.json", .anyone),
        Route(.doctor, .get, "/api/v1/doctor", .admin(.admin)),
        Route(.schema, .get, "/api/v1/schema", .signedIn(.read)),
    ]

    private static let pipelines: [Route] = [
        Route(
            .listPipelines, .get, "/api/v1/pipelines", .signedIn(.read),
            query: ["limit", "cursor", "q", "tag", "owner", "sort", "trashed"]),
        Route(.createPipeline, .post, "/api/v1/pipelines", .signedIn(.edit), query: ["draft"], body: .document),
        Route(.getPipeline, .get, "/api/v1/pipelines/{id}", .pipeline(.viewer, .read)),
        Route(
            .replacePipeline, .put, "/api/v1/pipelines/{id}", .pipeline(.editor, .edit), query: ["draft"],
            body: .document),
        Route(
            .changePipeline, .patch, "/api/v1/pipelines/{id}", .pipeline(.editor, .edit), query: ["draft"],
            body: .document),
        Route(.trashPipeline, .delete, "/api/v1/pipelines/{id}", .pipeline(.owner, .edit)),
        Route(.restorePipeline, .post, "/api/v1/pipelines/{id}/restore", .pipeline(.owner, .edit), body: .json()),
        Route(.validate, .post, "/api/v1/validate", .signedIn(.read), body: .document),
        Route(.validatePipeline, .post, "/api/v1/pipelines/{id}/validate", .pipeline(.viewer, .read), body: .document),
        Route(.evaluate, .post, "/api/v1/pipelines/{id}/evaluate", .pipeline(.viewer, .read), body: .json()),
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
            .replaceStep, .put, "/api/v1/pipelines/{id}/steps/{step_id}", .pipeline(.editor, .edit), query: ["draft"],
            body: .document),
        Route(
            .removeStep, .delete, "/api/v1/pipelines/{id}/steps/{step_id}", .pipeline(.editor, .edit), query: ["draft"]),
    ]

    private static let runs: [Route] = [
        Route(.startRun, .post, "/api/v1/pipelines/{id}/runs", .pipeline(.runner, .run), body: .json()),
        Route(
            .listRuns, .get, "/api/v1/runs", .signedIn(.read),
            query: ["limit", "cursor", "pipeline", "number", "status", "trigger", "since", "until"]),
        Route(.getRun, .get, "/api/v1/runs/{id}", .run(.metadata, .read)),
        Route(.getStepRun, .get, "/api/v1/runs/{id}/steps/{step_id}", .run(.full, .read)),
        Route(.getRunLogs, .get, "/api/v1/runs/{id}/logs", .run(.full, .read), query: ["limit", "cursor"]),
        Route(
            .getStepLogs, .get, "/api/v1/runs/{id}/steps/{step_id}/logs", .run(.full, .read),
            query: ["limit", "cursor"]),
        Route(.followRun, .get, "/api/v1/runs/{id}/events", .run(.full, .read)),
        Route(.cancelRun, .post, "/api/v1/runs/{id}/cancel", .run(.full, .run), body: .json()),
        Route(.pauseRun, .post, "/api/v1/runs/{id}/pause", .run(.full, .run), body: .json()),
        Route(.resumeRun, .post, "/api/v1/runs/{id}/resume", .run(.full, .run), body: .json()),
        Route(.retryRun, .post, "/api/v1/runs/{id}/retry", .run(.full, .run), body: .json()),
    ]

    private static let files: [Route] = [
        Route(.getChanges, .get, "/api/v1/runs/{id}/changes", .run(.full, .read)),
        Route(.applyChanges, .post, "/api/v1/runs/{id}/changes/apply", .run(.full, .run), body: .json()),
        Route(.discardChanges, .post, "/api/v1/runs/{id}/changes/discard", .run(.full, .run), body: .json()),
        Route(.listArtifacts, .get, "/api/v1/runs/{id}/artifacts", .run(.full, .read)),
        Route(.getArtifact, .get, "/api/v1/artifacts/{id}", .artifact(.read)),
        Route(.getFile, .get, "/api/v1/files", .signedIn(.read), query: ["path", "limit", "cursor"]),
        Route(.putFile, .put, "/api/v1/files", .signedIn(.edit), query: ["path"], body: .file(limitBytes: 16 << 20)),
        Route(.deleteFile, .delete, "/api/v1/files", .signedIn(.edit), query: ["path"]),
    ]
}
