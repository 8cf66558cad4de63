/// Who waits for a place, first come, first served; both ends in constant time however long the line is.
struct WaitingLine {
    private var entries: [(id: Int, waiter: Lanes.Waiter)] = []
    private var first = 0

    var count: Int { entries.count - first }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ id: Int, _ waiter: @escaping Lanes.Waiter) { entries.append((id, waiter)) }

    /// Takes the first out of the line.
    mutating func popFirst() -> (id: Int, waiter: Lanes.Waiter)? {
        guard !isEmpty else { return nil }
        defer {
            first += 1
            // What was served is let go once it is as long as what waits.
            if first * 2 >= entries.count {
                entries.removeFirst(first)
                first = 0
            }
        }
        return entries[first]
    }

    /// Takes every entry of `id` out of the line.
    mutating func remove(_ id: Int) {
        entries.removeFirst(first)
        first = 0
        entries.removeAll { $0.id == id }
    }
}
