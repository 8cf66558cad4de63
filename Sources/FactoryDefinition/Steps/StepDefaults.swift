import FactoryDomain
import FactoryJSON

/// The document's `defaults`: what steps have that say nothing else.
struct StepDefaults {
    var model: String?
    var timeout: Duration?
    var retry = RetryPolicy.standard

    static let keys = ["model", "timeout", "retry", "cache"]

    init() {}

    init(_ node: Node, _ path: DocumentPath, log: ProblemLog) {
        guard let members = log.object(node, path, "`defaults`") else { return }
        log.checkKeys(members, known: Self.keys, path, "`defaults`")
        for member in members {
            let place = path + member.key
            switch member.key {
            case "model":
                let check = ValueCheck(log: log, path: place, what: "`defaults.model`")
                if !check.refusesTemplate(member.value, .model) { check.check(member.value, .model) }
                model = member.value.text
            case "timeout": timeout = log.duration(member.value, place, "`defaults.timeout`")
            case "retry": retry = RetryReader(log: log).read(member.value, place, over: .standard)
            case "cache": log.notInThisBuild(member, place)
            default: break
            }
        }
    }

    /// What takes the place of the field table's defaults in a step of `type`.
    func fields(of type: StepType) -> JSONObject {
        guard let model, type.fields.contains(where: { $0.name == "model" }) else { return [:] }
        return ["model": .string(model)]
    }
}

extension ProblemLog {
    /// Adds that a key is known and refused.
    func notInThisBuild(_ member: Node.Member, _ path: DocumentPath) {
        add(
            .notInThisBuild, at: member.keyRange.lowerBound, path, "`\(member.key)` is not in this build",
            hint: "remove it")
    }
}
