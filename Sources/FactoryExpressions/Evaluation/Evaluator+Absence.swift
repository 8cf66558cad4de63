extension Evaluator {
    /// The error for a key that is not in `value`, which the expression calls `path`.
    func absent(_ key: String, in value: Value, called path: String?, at span: Span) -> Failure {
        let name = path ?? "the map"
        guard case .map(let map) = value else {
            return Failure(
                .absent, "\(path ?? "the value") is null and has no key \"\(key.shortened(to: 60))\"",
                at: span,
                hint: .presence)
        }
        return Failure(
            .absent, "\(name) has no key \"\(key.shortened(to: 60))\"", at: span,
            hint: .nearKeys(name: key, map: map))
    }

    /// The error for an index or key that is not in `value`, which the expression calls `path`.
    func absent(_ index: Value, in value: Value, called path: String?, at span: Span) -> Failure {
        switch (value, index) {
        case (.map, .string(let key)): return absent(key, in: value, called: path, at: span)
        case (.map, _):
            return Failure(.absent, "\(path ?? "the map") has no key \(index.shortText)", at: span)
        case (.list(let list), _):
            let range = list.isEmpty ? "the list is empty" : "its indexes are 0 to \(list.count - 1)"
            return Failure(
                .absent, "\(path ?? "the list") has no element \(index.shortText)", at: span,
                hint: .text(range))
        default:
            return Failure(
                .absent, "\(path ?? "the value") is null and has no element \(index.shortText)", at: span,
                hint: .presence)
        }
    }

    /// What the expression calls a value, such as `steps.plan.output`; nil where it is computed.
    func path(_ base: Program.NodeID, _ links: ArraySlice<Node.Link>) -> String? {
        guard case .name(var path) = program.nodes[base] else { return nil }
        for link in links {
            switch link.kind {
            case .select(let key), .optionalSelect(let key): path += "." + key
            case .index(let node):
                switch program.nodes[node] {
                case .constant(let index): path += "[\(index.shortText)]"
                default: path += "[…]"
                }
            default: return nil
            }
        }
        return path.shortened(to: 120)
    }
}
