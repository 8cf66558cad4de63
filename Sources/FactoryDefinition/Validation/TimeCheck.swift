/// Finds times that cannot pass, because another one is shorter. Each is taken as it is, so these are warnings.
struct TimeCheck {
    private let log: ProblemLog

    init(log: ProblemLog) { self.log = log }

    func check(_ drafts: [StepDraft]) {
        for draft in drafts {
            let most = StepType.named(draft.typeName)?.maximumTimeout
            if let most, draft.timeout > most, let node = draft.node["timeout"] {
                log.add(
                    .noEffect, severity: .warning, at: node, draft.path + "timeout",
                    "`timeout` is \(draft.timeout.documentText), and a \(draft.typeName) step ends after "
                        + "\(most.documentText) at the latest",
                    hint: "write \(most.documentText), or do the work in several steps")
            }
            let retry = draft.node["retry"]
            if let node = retry?["delay"], draft.retry.delay > draft.retry.maxDelay {
                log.add(
                    .noEffect, severity: .warning, at: node, draft.path + "retry" + "delay",
                    "`delay` is \(draft.retry.delay.documentText), and no wait is longer than `max_delay`, "
                        + draft.retry.maxDelay.documentText, hint: "raise `max_delay`, or shorten `delay`")
            }
            if let node = draft.node["with"]?["limits"]?["wall"],
                let wall = node.text.flatMap(Duration.init(documentText:)),
                draft.typeName == StepType.code.name, wall > draft.timeout, most.map({ wall <= $0 }) ?? true
            {
                log.add(
                    .noEffect, severity: .warning, at: node, draft.path + "with" + "limits" + "wall",
                    "`wall` is \(wall.documentText), and the step's `timeout` ends it after \(draft.timeout.documentText)",
                    hint: "raise `timeout` of the step; `wall` can only be shorter")
            }
        }
    }
}
