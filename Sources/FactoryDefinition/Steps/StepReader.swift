import FactoryDomain
import FactoryExpressions
import FactoryJSON

/// Reads the steps of a document: first their ids and types, so that names can be checked, then each whole.
struct StepReader {
    static let keys = [
        "id", "type", "title", "description", "enabled", "needs", "if", "for_each", "max_parallel", "with", "outputs",
        "timeout", "retry", "cache", "on_error",
    ]

    let log: ProblemLog
    let defaults: StepDefaults

    /// What every step is called and is, before the fields are looked at.
    struct Outline {
        var id: String?
        var type: StepType?
        var typeName: String
        var node: Node
        var members: [Node.Member]
        var path: DocumentPath

        func member(_ key: String) -> Node.Member? { members.first { $0.key == key } }
    }

    /// Ids and types of the steps in `elements`, their problems added.
    func outline(_ elements: [Node], _ path: DocumentPath) -> [Outline] {
        // Where each id stands.
        var seen: [String: Int] = [:]
        return elements.enumerated().compactMap { index, node in
            let place = path + index
            guard let members = log.object(node, place, "a step") else { return nil }
            let id = readID(members, node, place, seen: &seen)
            let (name, type) = readType(members, node, place)
            return Outline(id: id, type: type, typeName: name, node: node, members: members, path: place)
        }
    }

    /// What expressions may know of the steps.
    func catalogue(of outlines: [Outline]) -> StepCatalogue {
        var entries: [String: StepCatalogue.Entry] = [:]
        for outline in outlines {
            guard let id = outline.id else { continue }
            let outputs = outline.members.first { $0.key == "outputs" }?.value.members?.map(\.key)
            entries[id] = StepCatalogue.Entry(type: outline.type, outputs: outputs)
        }
        return StepCatalogue(entries: entries)
    }

    /// The whole step, everything wrong with it added; nil when it has no usable id or type.
    func read(_ outline: Outline, names: NameCheck) -> StepDraft? {
        log.checkKeys(
            outline.members, known: Self.keys, outline.path, outline.id.map { "step `\($0)`" } ?? "a step",
            elsewhere: outline.type?.fields.map(\.name) ?? [], at: "`with`")
        for key in ["for_each", "max_parallel", "cache"] {
            if let member = outline.member(key) { log.notInThisBuild(member, outline.path + key) }
        }
        var draft = StepDraft(outline)
        readOwnKeys(of: outline, into: &draft)
        var uses = NameUses()
        readExpressions(of: outline, into: &draft, names: names, uses: &uses)
        guard let type = outline.type else { return nil }
        var compiler = FieldCompiler(log: log, names: names, documentDefaults: defaults.fields(of: type))
        draft.fields = compiler.compile(
            outline.member("with")?.value, of: type, at: outline.path + "with", step: outline.node)
        draft.branches = compiler.branches
        uses += compiler.uses
        draft.stepUses = uses.steps
        draft.parts = uses.parts
        return outline.id == nil ? nil : draft
    }

    private func readExpressions(
        of outline: Outline, into draft: inout StepDraft, names: NameCheck, uses: inout NameUses
    ) {
        if let node = outline.member("if")?.value {
            draft.condition = names.expression(
                node, outline.path + "if", what: "`if`", type: .bool, allowsOutcome: true, uses: &uses)
        }
        if let node = outline.member("outputs")?.value {
            draft.outputs = OutputsReader(log: log, names: names).read(
                node, outline.path + "outputs", extraNames: ["result"], uses: &uses)
        }
    }

    /// The keys that hold plain values.
    private func readOwnKeys(of outline: Outline, into draft: inout StepDraft) {
        draft.timeout = defaults.timeout ?? outline.type?.defaultTimeout ?? .seconds(60)
        draft.retry = defaults.retry
        for member in outline.members {
            let (node, path) = (member.value, outline.path + member.key)
            switch member.key {
            case "title": draft.title = log.text(node, path, "`title`")
            case "description": draft.description = log.text(node, path, "`description`")
            case "enabled": draft.isEnabled = log.bool(node, path, "`enabled`") ?? true
            case "needs": draft.writtenNeeds = readNeeds(node, path)
            case "timeout": draft.timeout = log.duration(node, path, "`timeout`") ?? draft.timeout
            case "retry": draft.retry = RetryReader(log: log).read(node, path, over: defaults.retry)
            case "on_error": draft.onError = readOnError(node, path)
            default: break
            }
        }
    }

    private func readID(
        _ members: [Node.Member], _ node: Node, _ path: DocumentPath, seen: inout [String: Int]
    ) -> String? {
        guard let member = members.first(where: { $0.key == "id" }) else {
            log.add(.missingKey, at: node, path, "a step misses `id`", hint: "add a name for it, such as `id: plan`")
            return nil
        }
        let place = path + "id"
        guard let id = log.text(member.value, place, "`id`") else { return nil }
        guard DocumentName.isStepID(id) else {
            log.add(
                .invalidName, at: member.value, place, "`\(id.prefix(80))` is no step id",
                hint: "an id has lower-case letters, digits, `_` and `-`, begins with a letter and has at most 64")
            return nil
        }
        guard id != "end", id != "fail" else {
            log.add(.invalidName, at: member.value, place, "`\(id)` is reserved", hint: "choose another id")
            return nil
        }
        if let first = seen[id] {
            log.add(
                .duplicateID, at: member.value, place, "duplicate step id `\(id)`",
                hint: "it stands on line \(log.source.lineIndex(at: first) + 1) already; ids are unique in the document"
            )
            return nil
        }
        seen[id] = member.value.range.lowerBound
        return id
    }

    private func readType(_ members: [Node.Member], _ node: Node, _ path: DocumentPath) -> (String, StepType?) {
        let names = StepType.all.map(\.name)
        guard let member = members.first(where: { $0.key == "type" }) else {
            log.add(
                .missingKey, at: node, path, "a step misses `type`", hint: "one of " + names.joined(separator: ", "))
            return ("", nil)
        }
        let place = path + "type"
        guard let name = log.text(member.value, place, "`type`") else { return ("", nil) }
        guard let type = StepType.named(name) else {
            let list = "types are " + names.joined(separator: ", ")
            log.add(
                .unknownStepType, at: member.value, place, "unknown step type `\(name.prefix(80))`",
                hint: Suggestion.hint(for: name, among: names).map { "\($0) (\(list))" } ?? list)
            return (name, nil)
        }
        guard type.isInThisBuild else {
            log.add(
                .notInThisBuild, at: member.value, place, "step type `\(name)` is not in this build",
                hint: "remove the step")
            return (name, nil)
        }
        return (name, type)
    }

    private func readNeeds(_ node: Node, _ path: DocumentPath) -> [StepDraft.WrittenNeed] {
        guard let elements = log.list(node, path, "`needs`") else { return [] }
        var seen: Set<String> = []
        return elements.enumerated().compactMap { index, element in
            guard let id = log.text(element, path + index, "`needs`") else { return nil }
            guard seen.insert(id).inserted else {
                log.add(.conflict, at: element, path + index, "duplicate need `\(id)`", hint: "remove it")
                return nil
            }
            return StepDraft.WrittenNeed(id: id, offset: element.range.lowerBound, path: path + index)
        }
    }

    private func readOnError(_ node: Node, _ path: DocumentPath) -> OnError {
        let forms = "write `fail`, `continue` or `{value: …}`"
        if let members = node.members {
            log.checkKeys(members, known: ["value"], path, "`on_error`")
            guard let value = node["value"] else {
                log.add(.missingKey, at: node, path, "`on_error` misses `value`", hint: forms)
                return .fail
            }
            StaticText(log: log).refuseTemplates(in: value, path + "value", "`on_error.value`")
            return .value(value.json)
        }
        switch node.text {
        case "fail": return .fail
        case "continue": return .continue
        case let word?: log.unknownWord(word, at: node, path, "`on_error`", among: ["fail", "continue", "{value: …}"])
        case nil: log.wrongKind(node, path, "`on_error`", takes: "fail, continue or an object", hint: forms)
        }
        return .fail
    }
}
