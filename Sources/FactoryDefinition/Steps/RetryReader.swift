import FactoryDomain
import FactoryJSON

/// Reads `retry`, of a step or of `defaults`.
struct RetryReader {
    static let keys = ["max_attempts", "delay", "backoff", "max_delay", "jitter", "on"]

    let log: ProblemLog

    /// The policy, key by key over `base`.
    func read(_ node: Node, _ path: DocumentPath, over base: RetryPolicy) -> RetryPolicy {
        var policy = base
        guard let members = log.object(node, path, "`retry`") else { return policy }
        log.checkKeys(members, known: Self.keys, path, "`retry`")
        for member in members { read(member, path + member.key, into: &policy) }
        if policy.maxAttempts == 1, !members.isEmpty, !members.contains(where: { $0.key == "max_attempts" }) {
            log.add(
                .noEffect, severity: .warning, at: node, path, "`retry` has no effect with one attempt",
                hint: "add `max_attempts`, the first attempt included")
        }
        return policy
    }

    private func read(_ member: Node.Member, _ path: DocumentPath, into policy: inout RetryPolicy) {
        let (node, what) = (member.value, "`retry.\(member.key)`")
        switch member.key {
        case "max_attempts":
            if let value = log.integer(node, in: 1...100, path, what) { policy.maxAttempts = Int(value) }
        case "delay":
            if let value = log.duration(node, allowsZero: true, path, what) { policy.delay = value }
        case "max_delay":
            if let value = log.duration(node, path, what) { policy.maxDelay = value }
        case "backoff":
            if let value = log.choice(node, RetryPolicy.Backoff.self, path, what) { policy.backoff = value }
        case "jitter":
            if let value = log.bool(node, path, what) { policy.jitter = value }
        case "on": readClasses(node, path, what, into: &policy)
        default: break
        }
    }

    private func readClasses(_ node: Node, _ path: DocumentPath, _ what: String, into policy: inout RetryPolicy) {
        guard let elements = log.list(node, path, what) else { return }
        let classes = StepFailure.Class.allCases.filter { $0 != .other }
        policy.on = []
        policy.onAny = false
        for (index, element) in elements.enumerated() {
            guard let word = log.text(element, path + index, what) else { continue }
            if word == "any" {
                policy.onAny = true
            } else if let found = classes.first(where: { $0.rawValue == word }) {
                policy.on.insert(found)
            } else {
                log.unknownWord(word, at: element, path + index, what, among: classes.map(\.rawValue) + ["any"])
            }
        }
        if elements.isEmpty {
            log.add(.invalidValue, at: node, path, "\(what) is empty", hint: "remove it, or name what is tried again")
        }
    }
}
