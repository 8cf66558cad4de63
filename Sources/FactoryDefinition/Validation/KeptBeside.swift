/// Keys that other systems have in such documents, and that are kept beside ours.
enum KeptBeside {
    private static let places: [String: String] = {
        let triggers = "triggers are kept beside the document, so that one pipeline can have several"
        let one = ["triggers", "trigger", "on", "schedule", "cron", "webhook", "webhooks"].map { ($0, triggers) }
        let other = [
            ("secrets", "secrets are given to a run, and named as `{{ secrets.NAME }}` where they are used"),
            ("permissions", "permissions are kept beside the document"),
            ("layout", "the layout is kept beside the document"),
            ("env", "values come in as `inputs`"), ("environment", "values come in as `inputs`"),
        ]
        return Dictionary(uniqueKeysWithValues: one + other)
    }()

    /// True, with the problem added, for a key of the document that belongs elsewhere.
    static func refuses(_ member: Node.Member, log: ProblemLog) -> Bool {
        guard let place = places[member.key] else { return false }
        log.add(
            .unknownKey, at: member.keyRange.lowerBound, .root + member.key,
            "unknown key `\(member.key)` in the document", hint: place)
        return true
    }
}
