/// Which changes of status were seen, as `from --> to`.
struct Transitions: Equatable {
    struct Edges: Equatable {
        private(set) var all: Set<String> = []

        mutating func note(_ from: String, _ to: String) {
            if from != to { all.insert("\(from) --> \(to)") }
        }

        mutating func formUnion(_ other: Edges) { all.formUnion(other.all) }
    }

    var runs = Edges()
    var steps = Edges()
    var attempts = Edges()

    mutating func formUnion(_ other: Transitions) {
        runs.formUnion(other.runs)
        steps.formUnion(other.steps)
        attempts.formUnion(other.attempts)
    }
}
