/// Which steps precede which, as one bit for each pair: 12 MB for the 10,000 steps a document may have.
struct Ancestors {
    private let words: Int
    private var bits: [UInt64]

    init(of needs: [[Need]]) {
        words = (needs.count + 63) / 64
        bits = [UInt64](repeating: 0, count: words * needs.count)
        for step in Self.order(needs) {
            for need in needs[step] {
                for word in 0..<words { bits[step * words + word] |= bits[need.step * words + word] }
                bits[step * words + need.step / 64] |= 1 << UInt64(need.step % 64)
            }
        }
    }

    /// True when `ancestor` settles before `step`. Steps on a cycle have no ancestors.
    func contains(_ ancestor: Int, of step: Int) -> Bool {
        bits[step * words + ancestor / 64] & (1 << UInt64(ancestor % 64)) != 0
    }

    /// The steps, each behind all that it needs; steps on a cycle, and behind one, left out.
    private static func order(_ needs: [[Need]]) -> [Int] {
        var open = needs.map(\.count)
        var needing = [[Int]](repeating: [], count: needs.count)
        for (step, list) in needs.enumerated() { for need in list { needing[need.step].append(step) } }
        var order = needs.indices.filter { open[$0] == 0 }
        var place = 0
        while place < order.count {
            for next in needing[order[place]] {
                open[next] -= 1
                if open[next] == 0 { order.append(next) }
            }
            place += 1
        }
        return order
    }
}
