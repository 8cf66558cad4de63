extension Checker {
    /// A key that no value of the type has.
    mutating func reportAbsent(_ key: String, in type: ExpressionType, _ step: Step) {
        let span = step.link.span
        let before = text(of: self.span(before: step))
        guard type.members.contains(where: { if case .object = $0 { true } else { false } }) else {
            return report(
                .unknownName, "\(before.map { "`\($0)`" } ?? "the value") is null and has no key `\(key)`", at: span,
                about: [step.id], hint: "has(…) asks whether it is there, default(…, y) takes y instead",
                path: path(of: step))
        }
        let known = type.members.flatMap { member -> [String] in
            if case .object(let object) = member { object.names } else { [] }
        }
        let start = before.map { "\($0)." } ?? ""
        report(
            .unknownName, "unknown name `\(start)\(key.shortened(to: 60))`", at: span, about: [step.id],
            hint: dashHint(key, known, before, span) ?? nearHint(key, known, start), path: path(of: step))
    }

    /// `steps.my-step` reads `steps.my` and subtracts `step`.
    private func dashHint(_ key: String, _ known: [String], _ before: String?, _ span: Span) -> String? {
        let rest = source.dropFirst(span.end).prefix(80)
        let dashed = known.filter { name in
            name.hasPrefix(key + "-") && rest.starts(with: name.utf8.dropFirst(key.utf8.count))
        }
        return dashed.max { $0.utf8.count < $1.utf8.count }.map { name in
            ".\(name) is a subtraction; write \(before ?? "")[\"\(name)\"]"
        }
    }

    private func nearHint(_ key: String, _ known: [String], _ start: String) -> String? {
        let near = Nearest(to: key, among: known).names.map { "`\(start)\($0)`" }
        if !near.isEmpty { return "did you mean \(near.joined(separator: " or "))?" }
        if known.isEmpty { return "it has no keys" }
        let shown = known.prefix(12).map { $0.shortened(to: 40) }.joined(separator: ", ")
        return "known: \(shown)\(known.count > 12 ? ", …" : "")"
    }

    /// Something with no keys at all.
    mutating func reportNoKeys(_ key: String, _ type: ExpressionType, _ step: Step) {
        let before = text(of: span(before: step))
        var hint: String?
        if type == .string { hint = "parse_json(\(before ?? "x")) reads JSON from a text" }
        if case .list = type {
            let list = before ?? "x"
            hint = "\(list)[0] is an element; \(list).map(item, item.\(key)) selects from every one"
        }
        report(
            .wrongType,
            "\(before.map { "`\($0)` is " } ?? "")\(type.kind)\(before == nil ? " has" : " and has") no key "
                + "`\(key.shortened(to: 40))`",
            at: step.link.span, about: [step.id], hint: hint)
    }

    /// An index that does not go with what it is looked up in.
    mutating func reportNoElements(_ index: ExpressionType, _ type: ExpressionType, _ step: Step) {
        let before = text(of: span(before: step)).map { "`\($0)` is " } ?? ""
        if type.overlaps(.list(of: .dyn)) {
            return report(
                .wrongType, "an index of a list is an int, not \(index.kind)", at: step.link.span, about: [step.id])
        }
        if type.overlaps(.map(of: .dyn)) {
            return report(.wrongType, "\(index.kind) cannot be a key", at: step.link.span, about: [step.id])
        }
        report(
            .wrongType, "\(before)\(type.kind)\(before.isEmpty ? " has" : " and has") no elements", at: step.link.span,
            about: [step.id],
            hint: type == .string ? "x.charAt(0) is a character of a string" : nil)
    }

    /// The root and the keys up to and with the link; nil where something else is among them.
    private func path(of step: Step) -> [String]? {
        guard case .name(let root) = program.nodes[step.base] else { return nil }
        var path = [root]
        for link in step.links[...step.place] {
            switch link.kind {
            case .select(let key): path.append(key)
            case .index(let node):
                guard case .constant(.string(let key)) = program.nodes[node] else { return nil }
                path.append(key)
            default: return nil
            }
        }
        return path
    }
}
