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
        Route(.validateSchedule, .post, "/api/v1/schedules/validate", .signedIn(.read), body: .json()),
        // Its own signature is what lets a call in.
        Route(.receiveHook, .post, "/hooks/{token}", .anyone, body: .raw(limitBytes: 1 << 20)),
    ]

    private static let webhook = "/api/v1/webhooks/{id}"

    /// Where an account has messages about runs sent.
    static let webhooks: [Route] = [
        Route(.listWebhooks, .get, "/api/v1/webhooks", .signedIn(.read)),
        Route(.createWebhook, .post, "/api/v1/webhooks", .signedIn(.edit), body: .json()),
        Route(.getWebhook, .get, webhook, .signedIn(.read)),
        Route(.changeWebhook, .patch, webhook, .signedIn(.edit), body: .json()),
        Route(.removeWebhook, .delete, webhook, .signedIn(.edit)),
        Route(.listMessages, .get, "\(webhook)/messages", .signedIn(.read), query: ["limit", "cursor"]),
        Route(.resendMessage, .post, "\(webhook)/messages/{message_id}/resend", .signedIn(.run), body: .json()),
    ]
}
