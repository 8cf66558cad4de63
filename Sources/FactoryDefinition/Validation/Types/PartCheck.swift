import FactoryExpressions

/// Checks one expression or template and reports what is certain to fail in it.
struct PartCheck {
    let log: ProblemLog
    /// The types of the steps, by id.
    let types: [String: StepType]

    /// The type of what the part comes to.
    func check(_ part: CheckedPart, in scope: TypeScope) -> ExpressionType {
        let check: TypeCheck
        switch part.content {
        case .expression(let expression):
            check = expression.check(in: scope, as: part.type == .bool ? .bool : .dyn, called: part.what)
        case .template(let template):
            check = template.check(in: scope)
            requireField(check, part)
        }
        for problem in check.problems { report(problem, part) }
        return check.type
    }

    private func report(_ problem: TypeProblem, _ part: CheckedPart) {
        let place = problem.error.position.offset
        guard !part.reported.contains(where: { $0.contains(place) }) else { return }
        let (code, message, hint) = words(for: problem)
        log.add(
            code, severity: problem.isConditional ? .warning : .error,
            at: ScalarPlaces(source: log.source).offset(of: problem.error.position, in: part.node), part.path, message,
            hint: hint)
    }

    private func words(for problem: TypeProblem) -> (ProblemCode, String, String?) {
        let error = problem.error
        guard error.code == .unknownName else { return (.typeMismatch, error.message, error.hint) }
        guard let path = problem.path else { return (.unknownName, error.message, error.hint) }
        if path.count == 4, path[0] == "steps", path[2] == "output" {
            let (step, name) = (path[1], path[3])
            return (
                .unknownOutput, "step `\(step)` gives no `\(name)`", types[step]?.whenThere(name) ?? error.hint
            )
        }
        if path == ["key"] || path == ["index"] {
            let (kind, other) = path == ["key"] ? ("an object", "index") : ("a list", "key")
            return (
                .notAvailableHere, "`\(path[0])` means something only over \(kind)", "here there is `\(other)`"
            )
        }
        return (.unknownName, error.message, error.hint)
    }

    /// Refuses a template whose value is surely nothing that the field takes.
    private func requireField(_ check: TypeCheck, _ part: CheckedPart) {
        let (wanted, words): (ExpressionType, String)
        switch part.type {
        // Numbers may be written as text here and there; `take` and `skip` count, and take an integer alone.
        case .integer where part.countsElements: (wanted, words) = (.int, "an integer")
        case .integer: (wanted, words) = (.union([.int, .double, .string, .null]), "an integer")
        case .number: (wanted, words) = (.union([.int, .double, .string, .null]), "a number")
        case .path: (wanted, words) = (.union([.string, .null]), "text")
        default: return
        }
        guard check.problems.isEmpty, !check.type.overlaps(wanted) else { return }
        log.add(
            .typeMismatch, at: part.node, part.path, "\(part.what) takes \(words), not \(check.type.kind)",
            hint: check.type == .string && words == "an integer" ? "int(x) makes an integer of a text" : nil)
    }
}

extension StepType {
    /// When a step of this type gives `name`, as a hint; nil where it never does.
    fileprivate func whenThere(_ name: String) -> String? {
        switch result.first(where: { $0.name == name })?.presence {
        case .written(let field): "it gives `\(name)` where `\(field)` is written"
        case .word(let field, let words): "it gives `\(name)` with `\(field): \(words.joined(separator: "` or `"))`"
        case .sometimes(let field, let surely, _): "it gives `\(name)` with `\(field): \(surely[0])`"
        case .always, nil: nil
        }
    }
}

extension CheckedPart {
    /// True for `take` and `skip`.
    fileprivate var countsElements: Bool { path.parts.last == .key("take") || path.parts.last == .key("skip") }
}
