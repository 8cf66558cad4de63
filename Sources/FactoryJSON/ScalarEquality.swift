extension String {
    /// True when both hold the same code points.
    ///
    /// Swift's `==` also equates different code points that Unicode calls canonically equivalent; JSON does not.
    @inline(__always)
    func hasSameScalars(as other: String) -> Bool {
        self == other && (utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8))
    }
}

/// A key of a hash index, compared and hashed by its UTF-8 bytes.
struct ScalarKey: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: ScalarKey, right: ScalarKey) -> Bool {
        left.text.hasSameScalars(as: right.text)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
