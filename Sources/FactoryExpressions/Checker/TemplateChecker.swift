/// Checks the expressions of a template, each with the loop variables that are visible there.
struct TemplateChecker {
    let scope: TypeScope
    let source: [UInt8]
    private(set) var findings = Findings()
    private var locals: [ExpressionType] = []
    private var guards: [Guard] = []

    init(scope: TypeScope, source: [UInt8]) {
        self.scope = scope
        self.source = source
    }

    /// Checks `parts`; the type is that of the last `{{ … }}`.
    mutating func check(_ parts: [TemplatePart]) -> ExpressionType {
        var last = ExpressionType.string
        for part in parts {
            switch part {
            case .text: break
            case .output(let program, _): last = check(program)
            case .conditional(let branches): checkBranches(branches)
            case .loop(let loop): check(loop)
            }
        }
        return last
    }

    private mutating func check(
        _ program: Program, _ body: (inout Checker, ExpressionType) -> Void = { _, _ in }
    ) -> ExpressionType {
        var checker = Checker(program, source: source, scope: scope, locals: locals)
        checker.findings = findings
        checker.guards = guards
        checker.conditional = guards.count
        let type = checker.check(program.root)
        body(&checker, type)
        findings = checker.findings
        return type
    }

    private mutating func checkBranches(_ branches: [(condition: Program?, parts: [TemplatePart])]) {
        let outer = guards
        defer { guards = outer }
        for (condition, parts) in branches {
            if let condition {
                _ = check(condition) { checker, type in
                    checker.require(
                        type, .bool, at: condition.spans[condition.root], about: [condition.root],
                        "the condition of a tag")
                }
                guards.append(Guard(program: condition, node: condition.root))
            }
            _ = check(parts)
        }
    }

    private mutating func check(_ loop: TemplatePart.Loop) {
        let wanted = ExpressionType.union([.list(of: .dyn), .map(of: .dyn)])
        let span = loop.list.spans[loop.list.root]
        let type = check(loop.list) { checker, type in
            if !type.fits(wanted) { checker.findings.isCertain = false }
            guard !type.overlaps(wanted) else { return }
            checker.report(
                .wrongType, "{% for %} goes over a list or a map, not \(type.kind)", at: span,
                about: [loop.list.root], hint: TypeHint.iteration(type, checker.text(of: span)))
        }
        let entries = Entries(of: type, isPair: loop.second != nil)
        locals += loop.second == nil ? [entries.first] : [entries.first, entries.second]
        defer { locals.removeLast(loop.second == nil ? 1 : 2) }
        _ = check(loop.parts)
    }
}
