extension Parser {
    /// Notes the free name at the beginning of a chain, and what is statically selected from it.
    mutating func noteReference(_ base: Program.NodeID, _ links: [Node.Link], from start: Int) {
        guard case .name(let root) = program.nodes[base], !links.isEmpty || !TypeNames.all.contains(root) else {
            return
        }
        var path = [root]
        var end = program.spans[base].end
        var isPresenceTest = false
        for link in links {
            switch link.kind {
            case .select(let key): path.append(key)
            case .optionalSelect(let key):
                path.append(key)
                isPresenceTest = true
            case .index(let node), .optionalIndex(let node):
                guard case .constant(.string(let key)) = program.nodes[node] else {
                    return add(path, start, end)
                }
                path.append(key)
                if case .optionalIndex = link.kind { isPresenceTest = true }
            default: return add(path, start, end)
            }
            end = link.span.end
        }
        add(path, start, end)

        func add(_ path: [String], _ start: Int, _ end: Int) {
            program.references.append(
                Program.FreeName(
                    path: path, span: Span(from: start, to: end), isPresenceTest: isPresenceTest))
        }
    }

    /// Marks the reference that begins exactly at the start of `node` as one that copes with absence.
    mutating func markPresenceTest(_ node: Program.NodeID) {
        let start = program.spans[node].offset
        for place in program.references.indices where program.references[place].span.offset == start {
            program.references[place].isPresenceTest = true
        }
    }
}

/// The names that stand for types where no root has them.
enum TypeNames {
    static let all: Set<String> = [
        "bool", "bytes", "double", "int", "list", "map", "null_type", "optional_type", "string", "type",
        "uint",
    ]
}
