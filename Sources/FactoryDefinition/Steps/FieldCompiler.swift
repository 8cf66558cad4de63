import FactoryExpressions
import FactoryJSON

/// Checks one step's `with` against the field table of its type and compiles its expressions and templates.
struct FieldCompiler {
    let log: ProblemLog
    let names: NameCheck
    /// Values of `defaults` that take the place of the table's: `model`.
    let documentDefaults: JSONObject
    private(set) var uses = NameUses()
    private var expressions: [String: Expression] = [:]
    private var templates: [String: Template] = [:]
    /// Branches that the step's fields name, in the order they were written.
    private(set) var branches: [BranchDraft] = []

    init(log: ProblemLog, names: NameCheck, documentDefaults: JSONObject) {
        self.log = log
        self.names = names
        self.documentDefaults = documentDefaults
    }

    /// The compiled fields of a step of `type`; `node` is nil where `with` is not written.
    mutating func compile(
        _ node: Node?, of type: StepType, at path: DocumentPath, step: Node
    ) -> StepFields {
        let empty = Node(content: .mapping([]), range: step.range.lowerBound..<step.range.lowerBound)
        let node = node.map { $0.isNull ? Node(content: .mapping([]), range: $0.range) : $0 } ?? empty
        let place = Place(path: path, base: path.parts.count, owner: "a \(type.name) step's `with`")
        var compiled = CompiledValue.constant([:])
        if let members = log.object(node, path, "`with`") {
            compiled = object(members, type.fields, type.rules, place, at: node, defaults: documentDefaults)
        }
        return StepFields(
            raw: node.json, references: uses.references, compiled: compiled, expressions: expressions,
            templates: templates)
    }

    /// Where the compiler is, and what the enclosing field says of names and secrets.
    struct Place {
        var path: DocumentPath
        /// Parts of the path that lead to `with`, left out of pointers.
        let base: Int
        /// The object, as messages name it.
        var owner: String
        var extraNames: [String] = []
        var allowsSecrets = false

        var pointer: String { path.pointer(droppingFirst: base) }

        func entering(_ spec: FieldSpec) -> Place {
            var place = self
            place.path = path + spec.name
            place.owner = "`\(spec.name)`"
            if !spec.extraNames.isEmpty { place.extraNames = spec.extraNames }
            place.allowsSecrets = spec.allowsSecrets
            return place
        }

        func entering(key: String) -> Place {
            var place = self
            place.path = path + key
            return place
        }

        func entering(index: Int) -> Place {
            var place = self
            place.path = path + index
            return place
        }
    }

    // MARK: Objects

    private mutating func object(
        _ members: [Node.Member], _ specs: [FieldSpec], _ rules: [FieldRule], _ place: Place, at node: Node,
        defaults: JSONObject = [:]
    ) -> CompiledValue {
        log.checkKeys(members, known: specs.map(\.name), place.path, place.owner)
        var compiled: [(key: String, value: CompiledValue)] = []
        for member in members {
            guard let spec = specs.first(where: { $0.name == member.key }) else { continue }
            compiled.append((member.key, field(member, spec, place)))
        }
        let written = Set(members.map(\.key))
        for spec in specs where spec.isRequired && !written.contains(spec.name) {
            log.add(
                .missingKey, at: node, place.path, "\(place.owner) misses `\(spec.name)`",
                hint: spec.writingHint)
        }
        let check = FieldRuleCheck(log: log, members: members, specs: specs, owner: place.owner)
        check.check(rules, at: node, place.path)
        for spec in specs where !written.contains(spec.name) && check.applies(spec.name, under: rules) {
            if let value = defaults[spec.name] ?? spec.defaultValue { compiled.append((spec.name, .constant(value))) }
        }
        return .object(folding: compiled)
    }

    private mutating func field(_ member: Node.Member, _ spec: FieldSpec, _ place: Place) -> CompiledValue {
        let inner = place.entering(spec)
        guard spec.isInThisBuild else {
            log.add(
                .notInThisBuild, at: member.keyRange.lowerBound, inner.path, "`\(spec.name)` is not in this build",
                hint: "remove it")
            return .constant(member.value.json)
        }
        return compile(member.value, spec.shape, inner)
    }

    private mutating func oneKey(_ node: Node, _ specs: [FieldSpec], _ place: Place) -> CompiledValue {
        guard let members = log.object(node, place.path, place.owner) else { return .constant(.null) }
        log.checkKeys(members, known: specs.map(\.name), place.path, place.owner)
        guard members.count == 1 else {
            log.add(
                .conflict, at: node, place.path, "\(place.owner) takes one key, not \(members.count)",
                hint: "one of " + specs.filter(\.isInThisBuild).map(\.name).joined(separator: ", "))
            return .constant(node.json)
        }
        return .object(
            folding: members.compactMap { member in
                guard let spec = specs.first(where: { $0.name == member.key }) else { return nil }
                return (member.key, field(member, spec, place))
            })
    }

    // MARK: Shapes

    private mutating func compile(_ node: Node, _ shape: FieldShape, _ place: Place) -> CompiledValue {
        switch shape {
        case .value(let kind, let type):
            return value(node, kind, type, place)
        case .list(let element, let max):
            guard let elements = log.list(node, place.path, place.owner) else { return .constant(node.json) }
            return list(elements, of: element, max: max, place, at: node)
        case .oneOrMany(let element, let max):
            if case .value(_, .branchTarget) = element { return branch(node, place) }
            guard let elements = node.elements else {
                // One element is a list of one, so that executors meet a single form.
                return .list(folding: [compile(node, element, place)])
            }
            return list(elements, of: element, max: max, place, at: node)
        case .map(let element):
            guard let members = log.object(node, place.path, place.owner) else { return .constant(node.json) }
            return .object(
                folding: members.map { ($0.key, compile($0.value, element, place.entering(key: $0.key))) })
        case .object(let specs, let rules):
            guard let members = log.object(node, place.path, place.owner) else { return .constant(node.json) }
            return object(members, specs, rules, place, at: node)
        case .oneKey(let specs):
            return oneKey(node, specs, place)
        }
    }

    private mutating func list(
        _ elements: [Node], of shape: FieldShape, max: Int, _ place: Place, at node: Node
    ) -> CompiledValue {
        if elements.count > max {
            log.add(
                .limit, at: node, place.path, "\(place.owner) has \(elements.count) elements; at most \(max) are read")
        }
        return .list(
            folding: elements.prefix(max).enumerated().map { compile($1, shape, place.entering(index: $0)) })
    }

    private mutating func branch(_ node: Node, _ place: Place) -> CompiledValue {
        let branch = BranchDraft(node, at: place.path, pointer: place.pointer, log: log)
        branches.append(branch)
        return .constant(.array(branch.targets.map { .string($0.text) }))
    }

    // MARK: Values

    private mutating func value(_ node: Node, _ kind: FieldKind, _ type: ValueType, _ place: Place) -> CompiledValue {
        let check = ValueCheck(log: log, path: place.path, what: place.owner)
        switch kind {
        case .static:
            if !check.refusesTemplate(node, type) { check.check(node, type) }
            return .constant(node.json)
        case .expression:
            if let expression = names.expression(
                node, place.path, what: place.owner, type: type, extraNames: place.extraNames, uses: &uses)
            {
                expressions[place.pointer] = expression
            }
            return .constant(node.json)
        case .template:
            return template(node, type, place)
        case .deferredTemplate:
            guard let text = log.text(node, place.path, place.owner) else { return .constant(node.json) }
            if let template = names.template(
                text, node, place.path, what: place.owner, type: type, extraNames: place.extraNames,
                allowsSecrets: false, uses: &uses)
            {
                templates[place.pointer] = template
            }
            return .constant(.string(text))
        }
    }

    private mutating func template(_ node: Node, _ type: ValueType, _ place: Place) -> CompiledValue {
        switch node.content {
        case .scalar(.string(let text), let style):
            guard
                let template = names.template(
                    text, node, place.path, what: place.owner, type: type, extraNames: place.extraNames,
                    allowsSecrets: place.allowsSecrets, uses: &uses)
            else { return .constant(.string(text)) }
            let check = ValueCheck(log: log, path: place.path, what: place.owner)
            guard template.isConstant, let plain = try? template.render(in: Scope()) else {
                if type == .path { check.checkPathStart(text, at: node) }
                return .template(template)
            }
            check.check(Node(content: .scalar(plain, style), range: node.range), type)
            return .constant(plain)
        case .scalar:
            ValueCheck(log: log, path: place.path, what: place.owner).check(node, type)
            return .constant(node.json)
        case .list(let elements):
            ValueCheck(log: log, path: place.path, what: place.owner).check(node, type)
            return .list(
                folding: elements.enumerated().map { template($1, .any, place.entering(index: $0)) })
        case .mapping(let members):
            ValueCheck(log: log, path: place.path, what: place.owner).check(node, type)
            return .object(folding: members.map { ($0.key, template($0.value, .any, place.entering(key: $0.key))) })
        }
    }
}
