import FactoryExpressions
import FactoryJSON

/// Compiles the expressions and templates of a document and checks the names in them: roots, inputs, step ids, secrets.
struct NameCheck {
    /// The names that mean something everywhere in a document.
    static let roots: Set<String> = ["inputs", "steps", "secrets", "vars", "run", "pipeline", "trigger"]

    /// Names that mean something in some places only, and where.
    static let scopedNames: [String: String] = [
        "item": "inside `for_each` and in a transform's `map`, `filter` and `sort`",
        "index": "inside `for_each` and in a transform's `map`, `filter` and `sort`",
        "key": "in a transform's `map` and `filter` over an object",
        "input": "in a transform's ops",
        "result": "in a step's `outputs`",
        "round": "inside a `loop`", "previous": "inside a `loop`",
    ]

    static let members: [String: [String]] = [
        "run": ["id", "number", "url", "started_at", "trigger"],
        "pipeline": ["name", "version"],
    ]

    static let outcomeFunctions: Set<String> = ["succeeded", "failed", "always"]

    let log: ProblemLog
    let inputNames: Set<String>
    let steps: StepCatalogue
    /// nil where nothing is known of secrets and variables.
    var stored: StoredNameCheck?

    /// The CEL that `node` holds; nil, with its problems added, when it is none.
    /// - Parameters:
    ///   - extraNames: names beyond ``roots``.
    ///   - allowsOutcome: true in an `if`, where `succeeded()`, `failed()` and `always()` mean something.
    ///   - type: what it has to come to.
    ///   - uses: where the names it uses are added, and the expression itself.
    func expression(
        _ node: Node, _ path: DocumentPath, what: String, type: ValueType = .any, extraNames: [String] = [],
        allowsOutcome: Bool = false, uses: inout NameUses
    ) -> Expression? {
        guard let source = source(of: node, path, what) else { return nil }
        let expression: Expression
        do {
            expression = try Expression(parsing: source)
        } catch {
            if TemplateLook.tag(in: source) != nil {
                log.add(
                    .invalidExpression, at: node, path, "\(what) is an expression and takes no `{{ }}`",
                    hint: "write the CEL alone")
            } else {
                log.add(error, as: .invalidExpression, at: node, path)
            }
            return nil
        }
        let context = ReferenceCheck(
            log: log, check: self, node: node, path: path, source: source, extraNames: extraNames, secrets: .refused)
        let reported = context.check(expression.references)
        if !allowsOutcome { refuseOutcome(expression.calledFunctions, node, path) }
        uses.parts.append(
            CheckedPart(
                content: .expression(expression), node: node, path: path, what: what, type: type, reported: reported))
        uses.references += expression.references
        uses.steps += context.stepUses(expression.references)
        return expression
    }

    /// The template that `node`, whose text is `source`, holds.
    func template(
        _ source: String, _ node: Node, _ path: DocumentPath, what: String, type: ValueType, extraNames: [String],
        allowsSecrets: Bool, uses: inout NameUses
    ) -> Template? {
        let template: Template
        do {
            template = try Template(parsing: source)
        } catch {
            log.add(error, as: .invalidTemplate, at: node, path)
            return nil
        }
        guard !template.isConstant else { return template }
        let context = ReferenceCheck(
            log: log, check: self, node: node, path: path, source: source, extraNames: extraNames,
            secrets: allowsSecrets ? .inserted : .refused)
        let reported = context.check(template.references)
        refuseOutcome(template.calledFunctions, node, path)
        uses.parts.append(
            CheckedPart(
                content: .template(template), node: node, path: path, what: what, type: type, reported: reported))
        uses.references += template.references
        uses.steps += context.stepUses(template.references)
        return template
    }

    private func source(of node: Node, _ path: DocumentPath, _ what: String) -> String? {
        switch node.content {
        case .scalar(.string(let text), _): return text
        case .scalar(.bool(let value), .plain): return String(value)
        case .scalar(.int(let value), .plain): return String(value)
        case .scalar(.double(let value), .plain): return String(value)
        default:
            log.wrongKind(
                node, path, what, takes: "an expression",
                hint: node.members == nil ? "write CEL" : "quote the expression, since it begins with `{`")
            return nil
        }
    }

    private func refuseOutcome(_ functions: Set<String>, _ node: Node, _ path: DocumentPath) {
        for name in functions.intersection(Self.outcomeFunctions).sorted() {
            log.add(
                .notAvailableHere, at: node, path, "`\(name)()` means something only in a step's `if`",
                hint: "use `steps.<id>.status` here")
        }
    }
}

/// The names that a part of a document uses.
struct NameUses {
    var references: [Reference] = []
    var steps: [StepUse] = []
    /// Its expressions and templates, for the check of types.
    var parts: [CheckedPart] = []

    static func += (left: inout NameUses, right: NameUses) {
        left.references += right.references
        left.steps += right.steps
        left.parts += right.parts
    }
}

/// One place that names a step.
struct StepUse {
    var id: String
    var offset: Int
    var path: DocumentPath
}

/// What is known of a document's steps before their fields are compiled.
struct StepCatalogue {
    struct Entry {
        var type: StepType?
        /// The names of its `outputs`; nil where it has none.
        var outputs: [String]?
    }

    let entries: [String: Entry]

    subscript(id: String) -> Entry? { entries[id] }

    /// All ids, for suggestions.
    var ids: some Sequence<String> { entries.keys }
}
