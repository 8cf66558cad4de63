extension Checker {
    mutating func checkCall(
        _ builtin: Builtin, _ nodes: [Program.NodeID], _ id: Program.NodeID
    ) -> ExpressionType {
        var arguments: [Argument] = []
        for node in nodes {
            arguments.append(Argument(type: check(node), span: program.spans[node], nodes: [node]))
        }
        return apply(builtin, arguments, at: program.spans[id])
    }

    /// A value that a function is called with.
    struct Argument {
        var type: ExpressionType
        var span: Span
        var nodes: [Program.NodeID]
    }

    /// What `builtin` gives for `arguments`, a receiver first.
    mutating func apply(_ builtin: Builtin, _ arguments: [Argument], at span: Span) -> ExpressionType {
        defer { if builtin == .value || builtin == .json || builtin == .yaml { noteAbsence() } }
        guard let signature = Signature.all[builtin] else { return doubt() }
        let forms = signature.forms.filter { $0.takes(arguments.count) }
        guard !forms.isEmpty else { return doubt() }
        if forms.allSatisfy({ !$0.isFitting(arguments) }) { findings.isCertain = false }
        let possible = forms.filter { $0.isPossible(arguments) }
        guard !possible.isEmpty else {
            // What `or` falls back to is looked at only where it is needed.
            let mayBeUnused = builtin == .or && arguments[0].type.overlaps(.optional(of: .dyn))
            conditional += mayBeUnused ? 1 : 0
            reportMismatch(builtin, forms, arguments, at: span)
            conditional -= mayBeUnused ? 1 : 0
            return .dyn
        }
        return ExpressionType.joining(possible.map { $0.result(for: arguments) }).bounded
    }

    private mutating func reportMismatch(
        _ builtin: Builtin, _ forms: [Signature.Form], _ arguments: [Argument], at span: Span
    ) {
        let wrong = arguments.indices.first { place in
            forms.allSatisfy { !arguments[place].type.overlaps($0.parameter(place)) }
        }
        guard let wrong else {
            let kinds = arguments.map(\.type.kind).joined(separator: " and ")
            return report(
                .wrongType, "\(builtin.rawValue) does not go with \(kinds)", at: span, about: arguments.flatMap(\.nodes)
            )
        }
        let wanted = ExpressionType.joining(forms.map { $0.parameter(wrong) })
        let found = arguments[wrong].type
        let ordinal = ["the first", "the second", "the third", "the fourth"][min(wrong, 3)]
        let what = arguments.count == 1 ? builtin.rawValue : "\(ordinal) argument of \(builtin.rawValue)"
        let isList = found.kind == wanted.kind
        report(
            .wrongType,
            "\(what) needs \(isList ? wanted.detailedKind : wanted.kind), not "
                + (isList ? found.detailedKind : found.kind),
            at: arguments[wrong].span, about: arguments[wrong].nodes,
            hint: isList && builtin == .join
                ? "x.map(item, string(item)).join(…) makes strings first"
                : TypeHint.argument(found, wanted, text(of: arguments[wrong].span)))
    }
}

extension Signature.Form {
    fileprivate func isPossible(_ arguments: [Checker.Argument]) -> Bool {
        arguments.indices.allSatisfy { arguments[$0].type.overlaps(parameter($0)) }
    }

    fileprivate func isFitting(_ arguments: [Checker.Argument]) -> Bool {
        arguments.indices.allSatisfy { arguments[$0].type.fits(parameter($0)) }
    }

    fileprivate func result(for arguments: [Checker.Argument]) -> ExpressionType {
        // What does not fit the parameter has failed and gives nothing.
        func usable(_ place: Int) -> ExpressionType {
            arguments[place].type.removing { !$0.overlaps(parameter(place)) } ?? .dyn
        }
        switch result {
        case .type(let type): return type
        case .same: return usable(0)
        case .element: return usable(0).elementOfList
        case .optionalElement: return .optional(of: usable(0).elementOfList)
        case .optional: return .optional(of: arguments[0].type)
        case .content: return usable(0).contentOfOptional
        case .contentOrSecond: return usable(0).contentOfOptional.joined(with: arguments[1].type)
        case .listOfContents: return .list(of: usable(0).elementOfList.contentOfOptional)
        case .flattened: return .list(of: arguments.count > 1 ? .dyn : usable(0).elementOfList.flattenedOnce)
        case .anyArgument: return .joining(arguments.indices.map { usable($0) })
        case .sum: return usable(0).elementOfList.fits(.int) ? .int : .number
        }
    }
}

extension ExpressionType {
    /// What the elements of a list of this type are; ``dyn`` where it is none.
    public var elementOfList: ExpressionType {
        .joining(members.compactMap { if case .list(let element) = $0 { element } else { nil } })
    }

    /// The elements of a list of lists, and of what else is in it.
    var flattenedOnce: ExpressionType {
        .joining(members.map { if case .list(let element) = $0 { element } else { $0 } })
    }
}
