extension RouteTable {
    private static let trigger = "/api/v1/pipelines/{id}/triggers/{trigger_id}"

    /// Schedules and webhooks, and what set them off.
    static let triggers: [Route] = [
        Route(.listTriggers, .get, "/api/v1/pipelines/{id}/triggers", .pipeline(.viewer, .read)),
        Route(.createTrigger, .post, "/api/v1/pipelines/{id}/triggers", .pipeline(.editor, .edit), body: .json()),
        Route(.getTrigger, .get, trigger, .pipeline(.viewer, .read)),
        Route(.changeTrigger, .patch, trigger, .pipeline(.editor, .edit), body: .json()),
        Route(.removeTrigger, .delete, trigger, .pipeline(.editor, .edit)),
        Route(
            .listDeliveries, .get, "\(trigger)/deliveries", .pipeline(.editor, .read), query: ["limit", "cursor"]),
        Route(.getDelivery, .get, "\(trigger)/deliveries/{delivery_id}", .pipeline(.editor, .read)),
        Route(
            .redeliver, .post, "\(trigger)/deliveries/{delivery_id}/redeliver", .pipeline(.editor, .run),
            body: .json()),
        Route(.checkSchedule, .post, "/api/v1/schedules/check", .signedIn(.read), body: .json()),
        // Its own signature is what lets a call in.
        Route(.receiveHook, .post, "/hooks/{token}", .anyone, body: .raw(limitBytes: 1 << 20)),
    ]
}
