/// A condition that decides whether a part is evaluated.
struct Guard {
    let program: Program
    let node: Program.NodeID
}

/// A name or macro variable and the keys that are statically selected from it.
private struct StaticPath {
    enum Root: Equatable {
        case name(String)
        case local(Int)
    }

    var root: Root
    var keys: [String]

    /// True where one of the two leads through the other.
    func isRelated(to other: StaticPath) -> Bool {
        root == other.root && zip(keys, other.keys).allSatisfy { $0 == $1 }
    }
}

extension Checker {
    /// True where a condition around tests what the nodes read: `has(x.a) ? x.a : …`, `type(x) == int && …`.
    /// Only an error asks, so the conditions are not looked at otherwise.
    func isGuarded(_ nodes: [Program.NodeID], _ code: ExpressionError.Code) -> Bool {
        guard !guards.isEmpty else { return false }
        let paths = nodes.flatMap { PathReader(program: program).paths(in: $0) }
        guard !paths.isEmpty else { return false }
        return guards.contains { condition in
            PathReader(program: condition.program).tested(in: condition.node, for: code).contains { tested in
                paths.contains { $0.isRelated(to: tested) }
            }
        }
    }
}

/// Finds the paths that a part of a program reads.
private struct PathReader {
    let program: Program

    /// All paths that are read in `node`.
    func paths(in node: Program.NodeID) -> [StaticPath] {
        var found: [StaticPath] = []
        walk(node) { id in if let path = path(of: id) { found.append(path) } }
        return found
    }

    /// The paths that `node` tests: for being there with `has`, `in` and `.?`, for their type with `type` and `== null`.
    func tested(in node: Program.NodeID, for code: ExpressionError.Code) -> [StaticPath] {
        var found: [StaticPath] = []
        walk(node) { id in
            switch program.nodes[id] {
            case .has(let chain): found += paths(in: chain)
            case .call(.type, let arguments): for argument in arguments { found += paths(in: argument) }
            case .relation(let first, let rest):
                let operands = [first] + rest.map(\.operand)
                let isContainment = rest.contains { $0.operator == .contained }
                let isTypeTest = code == .wrongType && operands.contains { isNull($0) }
                if isContainment || isTypeTest { for operand in operands { found += paths(in: operand) } }
            case .chain(_, let links):
                let isOptional = links.contains { link in
                    switch link.kind {
                    case .optionalSelect, .optionalIndex: true
                    default: false
                    }
                }
                if isOptional, let path = path(of: id) { found.append(path) }
            default: break
            }
        }
        return found
    }

    private func isNull(_ id: Program.NodeID) -> Bool {
        if case .constant(.null) = program.nodes[id] { true } else { false }
    }

    private func path(of id: Program.NodeID) -> StaticPath? {
        switch program.nodes[id] {
        case .name(let name): return StaticPath(root: .name(name), keys: [])
        case .local(let slot): return StaticPath(root: .local(slot), keys: [])
        case .chain(let base, let links):
            guard var path = path(of: base) else { return nil }
            for link in links {
                switch link.kind {
                case .select(let key), .optionalSelect(let key): path.keys.append(key)
                case .index(let node), .optionalIndex(let node):
                    guard case .constant(.string(let key)) = program.nodes[node] else { return path }
                    path.keys.append(key)
                default: return path
                }
            }
            return path
        default: return nil
        }
    }

    /// Visits `node` and what is below it.
    private func walk(_ node: Program.NodeID, _ visit: (Program.NodeID) -> Void) {
        var open = [node]
        while let id = open.popLast() {
            visit(id)
            open += program.children(of: id)
        }
    }
}

extension Program {
    /// The nodes that a node names.
    func children(of id: NodeID) -> [NodeID] {
        switch nodes[id] {
        case .constant, .name, .local, .unknownCall: []
        case .list(let elements): elements.map(\.node)
        case .map(let entries): entries.flatMap { [$0.key, $0.value] }
        case .chain(let base, let links): [base] + links.flatMap(\.children)
        case .not(let operand), .negate(let operand), .has(let operand): [operand]
        case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
        case .and(let operands), .or(let operands): operands
        case .arithmetic(let first, let rest): [first] + rest.map(\.operand)
        case .relation(let first, let rest): [first] + rest.map(\.operand)
        case .call(_, let arguments): arguments
        case .fallback(let value, let fallback): [value, fallback]
        case .bind(_, let value, let body): [value, body]
        }
    }
}

extension Node.Link {
    fileprivate var children: [Program.NodeID] {
        switch kind {
        case .select, .optionalSelect, .unknownCall: []
        case .index(let node), .optionalIndex(let node): [node]
        case .call(_, let arguments): arguments
        case .comprehension(let macro): (macro.condition.map { [$0] } ?? []) + [macro.body]
        case .optionalMap(_, let body, _): [body]
        }
    }
}
