/// The names nearest to one that is not there.
struct Nearest {
    /// The nearest, three at most.
    let names: [String]
    private let all: [String]

    /// Looks among the first thousand `candidates`.
    init(to name: String, among candidates: [String]) {
        all = candidates
        let limit = name.utf8.count <= 3 ? 1 : name.utf8.count <= 8 ? 2 : 3
        let wanted = Array(name.prefix(64).lowercased().utf8)
        let near = candidates.prefix(1000).map { candidate in
            (candidate, Self.distance(wanted, Array(candidate.prefix(64).lowercased().utf8), limit: limit))
        }
        let least = min(limit, near.map(\.1).min() ?? 0)
        names = Array(near.filter { $0.1 == least }.map(\.0).sorted().prefix(3))
    }

    /// `did you mean "files"?`, or what there is where nothing is near and there is little; nil for neither.
    var suggestion: String? {
        if !names.isEmpty { return "did you mean " + Self.list(names, "or") + "?" }
        if all.isEmpty || all.count > 12 { return nil }
        return (all.count == 1 ? "there is " : "there are ")
            + Self.list(all.map { $0.shortened(to: 40) }, "and")
    }

    private static func list(_ names: [String], _ last: String) -> String {
        let quoted = names.map { "\"\($0)\"" }
        guard quoted.count > 1 else { return quoted[0] }
        return quoted.dropLast().joined(separator: ", ") + " \(last) " + quoted[quoted.count - 1]
    }

    /// Edits (insert, delete, replace, swap neighbours) from one name to the other, or a number above `limit`.
    private static func distance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
        guard abs(left.count - right.count) <= limit else { return limit + 1 }
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for (row, leftByte) in left.enumerated() {
            var current = [row + 1]
            current.reserveCapacity(right.count + 1)
            for (column, rightByte) in right.enumerated() {
                var best = min(last[column + 1] + 1, current[column] + 1)
                best = min(best, last[column] + (leftByte == rightByte ? 0 : 1))
                if row > 0, column > 0, leftByte == right[column - 1], left[row - 1] == rightByte {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
