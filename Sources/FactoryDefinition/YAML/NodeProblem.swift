/// Something wrong with a text as YAML or JSON, before any meaning is given to it.
struct NodeProblem: Sendable {
    var code: ProblemCode
    var message: String
    var hint: String?
    /// The byte where it shows.
    var offset: Int
}

/// What a text came to as a tree.
struct NodeReading: Sendable {
    /// The tree; nil when the text could not be read to its end.
    var root: Node?
    /// Everything wrong, in order of place.
    var problems: [NodeProblem]
}
