import FactoryJSON

/// Checks what holds between the fields of one object.
struct FieldRuleCheck {
    let log: ProblemLog
    let members: [Node.Member]
    let specs: [FieldSpec]
    let owner: String

    func check(_ rules: [FieldRule], at node: Node, _ path: DocumentPath) {
        for rule in rules { check(rule, at: node, path) }
    }

    private func check(_ rule: FieldRule, at node: Node, _ path: DocumentPath) {
        switch rule {
        case .atMostOne(let keys):
            refuseSeveral(of: keys, path)
        case .exactlyOne(let keys):
            refuseSeveral(of: keys, path)
            guard !keys.contains(where: { member($0) != nil }) else { return }
            let list = keys.map { "`\($0)`" }.joined(separator: " or ")
            log.add(.missingKey, at: node, path, "\(owner) misses \(list)", hint: "add one of them")
        case .requiresOne(let fields, let key, let values):
            refuseSeveral(of: fields, path)
            guard let value = effective(key), values.contains(value), !fields.contains(where: { member($0) != nil })
            else { return }
            let list = fields.map { "`\($0)`" }.joined(separator: " or ")
            log.add(
                .missingKey, at: node, path, "\(owner) misses \(list), which `\(key): \(value)` needs",
                hint: "add one of them")
        case .words(let field, let words, let key, let values):
            guard let member = member(field), let word = member.value.text, !words.contains(word),
                let value = effective(key), values.contains(value)
            else { return }
            // A word that no value of `key` goes with is refused where words are checked.
            guard let spec = specs.first(where: { $0.name == field }), case .value(_, .choice(let all, _)) = spec.shape,
                all.contains(word)
            else { return }
            log.add(
                .conflict, at: member.value, path + field, "`\(field): \(word)` means nothing with `\(key): \(value)`",
                hint: "use " + words.joined(separator: ", "))
        case .requires(let fields, let key, let values):
            guard let value = effective(key), values.contains(value) else { return }
            for field in fields where member(field) == nil {
                log.add(
                    .missingKey, at: node, path, "\(owner) misses `\(field)`, which `\(key): \(value)` needs",
                    hint: "add `\(field)`")
            }
        case .only(let field, let key, let values):
            guard let member = member(field), let value = effective(key), !values.contains(value) else { return }
            log.add(
                .conflict, at: member.keyRange.lowerBound, path + field,
                "`\(field)` means nothing with `\(key): \(value)`",
                hint: "remove it; it belongs to " + values.joined(separator: ", "))
        case .onlyBeside(let field, let other):
            guard let member = member(field), self.member(other) == nil else { return }
            log.add(
                .conflict, at: member.keyRange.lowerBound, path + field, "`\(field)` means nothing without `\(other)`",
                hint: "add `\(other)`, or remove `\(field)`")
        }
    }

    /// True unless a rule says that `field` means nothing here.
    func applies(_ field: String, under rules: [FieldRule]) -> Bool {
        rules.allSatisfy { rule in
            switch rule {
            case .only(field, let key, let values): effective(key).map { values.contains($0) } ?? true
            case .onlyBeside(field, let other): member(other) != nil
            default: true
            }
        }
    }

    private func refuseSeveral(of keys: [String], _ path: DocumentPath) {
        let written = members.filter { keys.contains($0.key) }
        guard written.count > 1, let second = written.dropFirst().first else { return }
        let list = written.map { "`\($0.key)`" }.joined(separator: " and ")
        log.add(
            .conflict, at: second.keyRange.lowerBound, path + second.key, "\(list) cannot stand together",
            hint: "keep one of them")
    }

    private func member(_ key: String) -> Node.Member? { members.first { $0.key == key } }

    /// The text of `key` as written, or its default.
    private func effective(_ key: String) -> String? {
        member(key).map { $0.value.text } ?? specs.first { $0.name == key }?.defaultValue?.stringValue
    }
}
