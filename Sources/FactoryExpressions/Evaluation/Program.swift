/// An expression compiled to a flat array of nodes that name each other by index.
///
/// Chains of the same operator and of selections are one node each, so the depth of recursion in an evaluation is the
/// depth of brackets in the source, never its length.
struct Program: Sendable {
    var nodes: [Node] = []
    var spans: [Span] = []
    /// How many macro variables can be alive at once.
    var localCount = 0
    var root: NodeID = 0
    var references: [FreeName] = []
    var calledFunctions: Set<String> = []

    typealias NodeID = Int

    mutating func add(_ node: Node, _ span: Span) -> NodeID {
        nodes.append(node)
        spans.append(span)
        return nodes.count - 1
    }

    /// A free name and what is statically selected from it.
    struct FreeName: Sendable {
        var path: [String]
        var span: Span
        var isPresenceTest: Bool
    }
}

/// One operation of a ``Program``.
enum Node: Sendable {
    case constant(Value)
    case name(String)
    case local(Int)
    case list([Element])
    case map([Entry])
    /// A value and what is selected from it or called on it, in order.
    case chain(NodeID, [Link])
    case not(NodeID)
    case negate(NodeID)
    case conditional(NodeID, then: NodeID, otherwise: NodeID)
    case and([NodeID])
    case or([NodeID])
    /// A value and what is calculated with it, from left to right.
    case arithmetic(NodeID, [Operation<ArithmeticOperator>])
    case relation(NodeID, [Operation<RelationOperator>])
    case call(Builtin, [NodeID])
    case unknownCall(String)
    /// `has(x.y)`: whether the last link of the chain finds something.
    case has(NodeID)
    /// `default(x, y)`.
    case fallback(NodeID, NodeID)
    case bind(slot: Int, value: NodeID, body: NodeID)

    typealias NodeID = Program.NodeID

    struct Operation<Operator: Sendable>: Sendable {
        var `operator`: Operator
        var operand: NodeID
        var span: Span
    }

    struct Element: Sendable {
        var node: NodeID
        /// `[?x]`: left out when the optional is empty.
        var isOptional: Bool
    }

    struct Entry: Sendable {
        var key: NodeID
        var value: NodeID
        var isOptional: Bool
    }

    struct Link: Sendable {
        enum Kind: Sendable {
            case select(String)
            case optionalSelect(String)
            case index(NodeID)
            case optionalIndex(NodeID)
            case call(Builtin, [NodeID])
            case unknownCall(String)
            case comprehension(Comprehension)
            /// `x.optMap(v, e)`, and `x.optFlatMap(v, e)` where the body gives an optional itself.
            case optionalMap(slot: Int, body: NodeID, isFlat: Bool)
        }

        var kind: Kind
        var span: Span
    }
}

/// A macro over the elements of a list or the entries of a map.
struct Comprehension: Sendable {
    enum Kind: String, Sendable {
        case all, exists, existsOne, map, filter, transformList, transformMap, transformMapEntry, sortBy
    }

    var kind: Kind
    /// Where the element, key or index is kept.
    var first: Int
    /// Where the value is kept in the form with two variables.
    var second: Int?
    /// The condition of `map`, `transformList` and `transformMap` with three parts.
    var condition: Program.NodeID?
    var body: Program.NodeID
}

enum ArithmeticOperator: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
}

enum RelationOperator: String, Sendable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case contained = "in"
}
