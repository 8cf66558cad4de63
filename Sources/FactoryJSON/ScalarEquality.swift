extension String {
    /// True when both hold the same code points.
    ///
    /// Swift's `==` also equates different code points that Unicode calls canonically equivalent; JSON does not.
    @inline(__always)
    package func hasSameScalars(as other: String) -> Bool {
        // What is not even equivalent is decided fast; equal ASCII texts are compared as bytes there.
        guard utf8.count == other.utf8.count, self == other else { return false }
        return utf8.count <= 15 && utf8.allSatisfy { $0 < 0x80 } || orderOfScalars(to: other) == 0
    }

    /// Below 0, 0 or above it as the code points of this text come before those of `other`, are the same, or come after.
    package func orderOfScalars(to other: String) -> Int {
        // UTF-8 orders as code points do.
        let quick = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in order(of: left, to: right) }
        }
        if let order = quick ?? nil { return order }
        let (left, right) = (Array(utf8), Array(other.utf8))
        return left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in order(of: left, to: right) }
        }
    }
}

private func order(of left: UnsafeBufferPointer<UInt8>, to right: UnsafeBufferPointer<UInt8>) -> Int {
    let count = min(left.count, right.count)
    var place = 0
    while place < count, left[place] == right[place] { place += 1 }
    if place < count { return left[place] < right[place] ? -1 : 1 }
    return left.count - right.count
}

/// A key of a hash index, compared by its code points.
struct ScalarKey: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: ScalarKey, right: ScalarKey) -> Bool { left.text.hasSameScalars(as: right.text) }

    // Equal code points hash alike; equivalent ones do too, and are told apart by ==.
    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
