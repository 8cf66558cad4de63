extension RouteTable {
    /// What people want to be told of, and what they were told.
    static let alerts: [Route] = [
        Route(.listAlerts, .get, "/api/v1/alerts", .signedIn(.read)),
        Route(.createAlert, .post, "/api/v1/alerts", .signedIn(.edit), body: .json()),
        Route(.getAlert, .get, "/api/v1/alerts/{id}", .signedIn(.read)),
        Route(.changeAlert, .patch, "/api/v1/alerts/{id}", .signedIn(.edit), body: .json()),
        Route(.removeAlert, .delete, "/api/v1/alerts/{id}", .signedIn(.edit)),
        Route(
            .listNotifications, .get, "/api/v1/notifications", .signedIn(.read), query: ["limit", "cursor", "unread"]),
        Route(.readNotifications, .post, "/api/v1/notifications/read", .signedIn(.edit), body: .json()),
    ]
}
