/// Every route of the API, as data. What stands here is served; what does not is 404.
public enum RouteTable {
    /// All routes.
    public static let all: [Route] = server + pipelines + steps + runs + files

    private static let server: [Route] = [
        Route(.health, .get, "/healthz", .anyone),
        Route(.readiness, .get, "/readyz", .anyone),
        Route(.metrics, .get, "/metrics", .anyone),
        Route(.doctor, .get, "/api/v1/doctor", .key(.admin)),
        Route(.schema, .get, "/api/v1/schema", .key(.read)),
    ]

    private static let pipelines: [Route] = [
        Route(
            .listPipelines, .get, "/api/v1/pipelines", .key(.read),
            query: ["limit", "cursor", "q", "tag", "sort", "trashed"]),
        Route(.createPipeline, .post, "/api/v1/pipelines", .key(.edit), query: ["draft"], body: .document),
        Route(.getPipeline, .get, "/api/v1/pipelines/{id}", .key(.read)),
        Route(.replacePipeline, .put, "/api/v1/pipelines/{id}", .key(.edit), query: ["draft"], body: .document),
        Route(.changePipeline, .patch, "/api/v1/pipelines/{id}", .key(.edit), query: ["draft"], body: .document),
        Route(.trashPipeline, .delete, "/api/v1/pipelines/{id}", .key(.edit)),
        Route(.restorePipeline, .post, "/api/v1/pipelines/{id}/restore", .key(.edit), body: .json()),
        Route(.validate, .post, "/api/v1/validate", .key(.read), body: .document),
        Route(.validatePipeline, .post, "/api/v1/pipelines/{id}/validate", .key(.read), body: .document),
        Route(.evaluate, .post, "/api/v1/pipelines/{id}/evaluate", .key(.read), body: .json()),
    ]

    private static let steps: [Route] = [
        Route(.listSteps, .get, "/api/v1/pipelines/{id}/steps", .key(.read)),
        Route(
            .addStep, .post, "/api/v1/pipelines/{id}/steps", .key(.edit), query: ["at", "draft"], body: .document),
        Route(
            .reorderSteps, .post, "/api/v1/pipelines/{id}/steps/reorder", .key(.edit), query: ["draft"],
            body: .json()),
        Route(.getStep, .get, "/api/v1/pipelines/{id}/steps/{step_id}", .key(.read)),
        Route(
            .replaceStep, .put, "/api/v1/pipelines/{id}/steps/{step_id}", .key(.edit), query: ["draft"],
            body: .document),
        Route(.removeStep, .delete, "/api/v1/pipelines/{id}/steps/{step_id}", .key(.edit), query: ["draft"]),
    ]

    private static let runs: [Route] = [
        Route(.startRun, .post, "/api/v1/pipelines/{id}/runs", .key(.run), body: .json()),
        Route(
            .listRuns, .get, "/api/v1/runs", .key(.read),
            query: ["limit", "cursor", "pipeline", "status", "trigger", "since", "until"]),
        Route(.getRun, .get, "/api/v1/runs/{id}", .key(.read)),
        Route(.getStepRun, .get, "/api/v1/runs/{id}/steps/{step_id}", .key(.read)),
        Route(.getRunLogs, .get, "/api/v1/runs/{id}/logs", .key(.read), query: ["limit", "cursor"]),
        Route(
            .getStepLogs, .get, "/api/v1/runs/{id}/steps/{step_id}/logs", .key(.read), query: ["limit", "cursor"]),
        Route(.followRun, .get, "/api/v1/runs/{id}/events", .key(.read)),
        Route(.cancelRun, .post, "/api/v1/runs/{id}/cancel", .key(.run), body: .json()),
        Route(.pauseRun, .post, "/api/v1/runs/{id}/pause", .key(.run), body: .json()),
        Route(.resumeRun, .post, "/api/v1/runs/{id}/resume", .key(.run), body: .json()),
        Route(.retryRun, .post, "/api/v1/runs/{id}/retry", .key(.run), body: .json()),
    ]

    private static let files: [Route] = [
        Route(.getChanges, .get, "/api/v1/runs/{id}/changes", .key(.read)),
        Route(.applyChanges, .post, "/api/v1/runs/{id}/changes/apply", .key(.run), body: .json()),
        Route(.discardChanges, .post, "/api/v1/runs/{id}/changes/discard", .key(.run), body: .json()),
        Route(.listArtifacts, .get, "/api/v1/runs/{id}/artifacts", .key(.read)),
        Route(.getArtifact, .get, "/api/v1/artifacts/{id}", .key(.read)),
        Route(.getFile, .get, "/api/v1/files", .key(.read), query: ["path"]),
        Route(.putFile, .put, "/api/v1/files", .key(.edit), query: ["path"], body: .file(limitBytes: 16 << 20)),
        Route(.deleteFile, .delete, "/api/v1/files", .key(.edit), query: ["path"]),
    ]
}
