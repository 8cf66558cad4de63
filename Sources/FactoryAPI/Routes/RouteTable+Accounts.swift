extension RouteTable {
    /// What names and passwords are sent in.
    private static let small = Route.Body.json(limitBytes: 16 << 10)

    /// Who may come in, and who did what.
    static let accounts: [Route] = [
        Route(.setUp, .post, "/api/v1/setup", .anyone, body: small),
        Route(.signIn, .post, "/api/v1/session", .anyone, body: small),
        Route(.getSession, .get, "/api/v1/session", .signedIn(.read)),
        Route(.signOut, .delete, "/api/v1/session", .signedIn(.admin)),
        Route(.listSessions, .get, "/api/v1/sessions", .signedIn(.read)),
        Route(.endSession, .delete, "/api/v1/sessions/{id}", .session(.admin)),
        Route(.listUsers, .get, "/api/v1/users", .admin(.admin), query: ["limit", "cursor"]),
        Route(.createUser, .post, "/api/v1/users", .admin(.admin), body: small),
        Route(.getUser, .get, "/api/v1/users/{id}", .account(.read)),
        Route(.changeUser, .patch, "/api/v1/users/{id}", .account(.admin), body: small),
        Route(.removeUser, .delete, "/api/v1/users/{id}", .admin(.admin), query: ["transfer_to"]),
        Route(.setPassword, .post, "/api/v1/users/{id}/password", .account(.admin), body: small),
        Route(.createInvitation, .post, "/api/v1/invitations", .admin(.admin), body: small),
        // The token is in the body: a path stands in logs and histories.
        Route(.lookAtInvitation, .post, "/api/v1/invitations/look", .anyone, body: small),
        Route(.acceptInvitation, .post, "/api/v1/invitations/accept", .anyone, body: small),
        Route(.listKeys, .get, "/api/v1/access-keys", .signedIn(.read)),
        Route(.createKey, .post, "/api/v1/access-keys", .signedIn(.admin), body: small),
        Route(.revokeKey, .delete, "/api/v1/access-keys/{id}", .accessKey(.admin)),
        Route(
            .listAudit, .get, "/api/v1/audit", .admin(.admin),
            query: ["limit", "cursor", "account", "action", "object"]),
        Route(.verifyAudit, .get, "/api/v1/audit/verification", .admin(.admin)),
    ]
}
