/// The members of a mapping while it is read; a key that comes again is a problem, and the first one stays.
struct UniqueMembers {
    private(set) var all: [Node.Member] = []
    private var places: [String: Int] = [:]

    /// Adds `member`, or says that its key was there before.
    mutating func add(_ member: Node.Member, in source: SourceText) -> NodeProblem? {
        if let first = places[member.key] {
            let line = source.lineIndex(at: all[first].keyRange.lowerBound) + 1
            return NodeProblem(
                code: .duplicateKey, message: "duplicate key `\(member.key)`",
                hint: "it stands on line \(line) already; keep one of them", offset: member.keyRange.lowerBound)
        }
        places[member.key] = all.count
        all.append(member)
        return nil
    }
}
