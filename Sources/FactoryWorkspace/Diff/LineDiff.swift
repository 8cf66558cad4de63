/// Which lines two texts share: the shortest edit script of Myers.
///
/// Source: Myers, *An O(ND) Difference Algorithm and Its Variations*, 1986. Common lines at both ends are cut off
/// first; where more than ``maximumDistance`` lines differ in between, that part counts as replaced as a whole, which
/// keeps time and memory bounded.
struct LineDiff {
    /// What happens to one line, with its place in the old or new text.
    enum Step: Equatable {
        case keep(old: Int, new: Int)
        case remove(old: Int)
        case insert(new: Int)
    }

    /// Most inserted and removed lines that the search goes through; its memory grows with the square.
    static let maximumDistance = 1_000

    /// Every line of both texts, in order; removals before insertions.
    let steps: [Step]

    /// Each line is a number, the same for the same bytes.
    init(old: [Int], new: [Int]) {
        let shorter = min(old.count, new.count)
        var head = 0
        while head < shorter, old[head] == new[head] { head += 1 }
        var tail = 0
        while tail < shorter - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] { tail += 1 }
        var steps = (0..<head).map { Step.keep(old: $0, new: $0) }
        steps += Self.middle(old, head..<(old.count - tail), new, head..<(new.count - tail))
        steps += (0..<tail).map { .keep(old: old.count - tail + $0, new: new.count - tail + $0) }
        self.steps = steps
    }

    private static func middle(
        _ old: [Int], _ oldRange: Range<Int>, _ new: [Int], _ newRange: Range<Int>
    ) -> [Step] {
        guard !oldRange.isEmpty, !newRange.isEmpty,
            let frontiers = search(Array(old[oldRange]), Array(new[newRange]))
        else { return oldRange.map { .remove(old: $0) } + newRange.map { .insert(new: $0) } }
        return path(through: frontiers, oldRange, newRange)
    }

    /// The furthest reaching point on each diagonal, for each distance; nil past ``maximumDistance``.
    private static func search(_ old: [Int], _ new: [Int]) -> [[Int]]? {
        let limit = min(old.count + new.count, maximumDistance)
        var furthest = [Int](repeating: 0, count: 2 * limit + 3)
        var frontiers: [[Int]] = []
        for distance in 0...limit {
            frontiers.append(Array(furthest[(limit + 1 - distance)...(limit + 1 + distance)]))
            for diagonal in stride(from: -distance, through: distance, by: 2) {
                let (below, above) = (furthest[limit + diagonal], furthest[limit + diagonal + 2])
                var x = diagonal == -distance || (diagonal != distance && below < above) ? above : below + 1
                var y = x - diagonal
                while x < old.count, y < new.count, old[x] == new[y] { (x, y) = (x + 1, y + 1) }
                furthest[limit + 1 + diagonal] = x
                if x >= old.count, y >= new.count { return frontiers }
            }
        }
        return nil
    }

    /// Walks back from the end, one distance after the other.
    private static func path(through frontiers: [[Int]], _ old: Range<Int>, _ new: Range<Int>) -> [Step] {
        var (x, y) = (old.count, new.count)
        var steps: [Step] = []
        for distance in stride(from: frontiers.count - 1, through: 1, by: -1) {
            // frontiers[d] holds diagonals -d...d as they stood after distance d-1.
            func reach(_ diagonal: Int) -> Int { frontiers[distance][diagonal + distance] }
            let diagonal = x - y
            let down =
                diagonal == -distance
                || (diagonal != distance && reach(diagonal - 1) < reach(diagonal + 1))
            let previousX = reach(down ? diagonal + 1 : diagonal - 1)
            let startX = down ? previousX : previousX + 1
            while x > startX {
                (x, y) = (x - 1, y - 1)
                steps.append(.keep(old: old.lowerBound + x, new: new.lowerBound + y))
            }
            if down {
                y -= 1
                steps.append(.insert(new: new.lowerBound + y))
            } else {
                x -= 1
                steps.append(.remove(old: old.lowerBound + x))
            }
        }
        while x > 0 {
            (x, y) = (x - 1, y - 1)
            steps.append(.keep(old: old.lowerBound + x, new: new.lowerBound + y))
        }
        return steps.reversed()
    }
}
