extension RouteTable {
    /// Who may come in, and who did what.
    static let accounts: [Route] = [
        Route(
            .listAudit, .get, "/api/v1/audit", .admin(.admin),
            query: ["limit", "cursor", "account", "action", "object"]),
        Route(.verifyAudit, .get, "/api/v1/audit/verification", .admin(.admin)),
    ]
}
