extension RouteTable {
    /// What people do with pipelines together: versions, sharing, talk, and what they see live.
    static let collaboration: [Route] = lists + versions + sharing + discussion

    private static let lists: [Route] = [
        Route(.listTags, .get, "/api/v1/tags", .signedIn(.read)),
        Route(.addFavourite, .put, "/api/v1/pipelines/{id}/favourite", .pipeline(.viewer, .edit)),
        Route(.removeFavourite, .delete, "/api/v1/pipelines/{id}/favourite", .pipeline(.viewer, .edit)),
        Route(
            .importPipelines, .post, "/api/v1/pipelines/import", .signedIn(.edit), query: ["existing"],
            body: .document),
        Route(.exportPipelines, .get, "/api/v1/pipelines/export", .signedIn(.read), query: ["limit", "cursor"]),
        Route(.getLayout, .get, "/api/v1/pipelines/{id}/layout", .pipeline(.viewer, .read)),
        Route(.putLayout, .put, "/api/v1/pipelines/{id}/layout", .pipeline(.editor, .edit), body: .json()),
    ]

    private static let versions: [Route] = [
        Route(
            .listVersions, .get, "/api/v1/pipelines/{id}/versions", .pipeline(.viewer, .read),
            query: ["limit", "cursor"]),
        Route(.publishVersion, .post, "/api/v1/pipelines/{id}/versions", .pipeline(.editor, .edit), body: .json()),
        Route(.getVersion, .get, "/api/v1/pipelines/{id}/versions/{number}", .pipeline(.viewer, .read)),
        Route(
            .compareVersion, .get, "/api/v1/pipelines/{id}/versions/{number}/diff", .pipeline(.viewer, .read),
            query: ["to"]),
        Route(
            .restoreVersion, .post, "/api/v1/pipelines/{id}/versions/{number}/restore", .pipeline(.editor, .edit),
            body: .json()),
    ]

    private static let sharing: [Route] = [
        Route(.getShares, .get, "/api/v1/pipelines/{id}/shares", .pipeline(.editor, .read)),
        Route(.putShares, .put, "/api/v1/pipelines/{id}/shares", .pipeline(.owner, .edit), body: .json()),
        Route(.removeShares, .delete, "/api/v1/pipelines/{id}/shares", .pipeline(.owner, .edit)),
        Route(.putShare, .put, "/api/v1/pipelines/{id}/shares/{account}", .pipeline(.owner, .edit), body: .json()),
        // Whoever it is shared with may give that up; the owner may take it back from anyone.
        Route(.removeShare, .delete, "/api/v1/pipelines/{id}/shares/{account}", .pipeline(.viewer, .edit)),
        Route(.listShareLinks, .get, "/api/v1/pipelines/{id}/share-links", .pipeline(.owner, .read)),
        Route(
            .createShareLink, .post, "/api/v1/pipelines/{id}/share-links", .pipeline(.owner, .edit), body: .json()),
        Route(
            .removeShareLink, .delete, "/api/v1/pipelines/{id}/share-links/{link_id}", .pipeline(.owner, .edit)),
        Route(.acceptShareLink, .post, "/api/v1/share-links/accept", .signedIn(.edit), body: .json()),
    ]

    private static let discussion: [Route] = [
        Route(
            .listComments, .get, "/api/v1/pipelines/{id}/comments", .pipeline(.viewer, .read),
            query: ["limit", "cursor", "step", "resolved"]),
        Route(.addComment, .post, "/api/v1/pipelines/{id}/comments", .pipeline(.viewer, .edit), body: .json()),
        Route(
            .changeComment, .patch, "/api/v1/pipelines/{id}/comments/{comment_id}", .pipeline(.viewer, .edit),
            body: .json()),
        Route(
            .removeComment, .delete, "/api/v1/pipelines/{id}/comments/{comment_id}", .pipeline(.viewer, .edit)),
        Route(
            .listActivity, .get, "/api/v1/pipelines/{id}/activity", .pipeline(.viewer, .read),
            query: ["limit", "cursor"]),
        Route(
            .followPipeline, .get, "/api/v1/pipelines/{id}/events", .pipeline(.viewer, .read), query: ["presence"]),
        Route(.followPipelines, .get, "/api/v1/events", .signedIn(.read)),
    ]
}
