/// Finds the known word that was probably meant.
public enum Suggestion {
    /// `did you mean …?` when one of `known` is close to `word`, nil otherwise.
    public static func hint(for word: String, among known: some Sequence<String>) -> String? {
        closest(to: word, among: known).map { "did you mean `\($0)`?" }
    }

    /// The closest of `known` within a third of the word's length, at least one edit.
    static func closest(to word: String, among known: some Sequence<String>) -> String? {
        let target = Array(word.lowercased().utf8.prefix(64))
        guard !target.isEmpty else { return nil }
        let allowed = max(1, target.count / 3)
        var best: (word: String, distance: Int)?
        for candidate in known {
            guard abs(candidate.utf8.count - word.utf8.count) <= allowed + 1 else { continue }
            let letters = Array(candidate.lowercased().utf8.prefix(64))
            guard abs(letters.count - target.count) <= allowed else { continue }
            let distance = distance(target, letters)
            if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
            if distance == 0 { break }
        }
        return best?.word
    }

    /// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for i in 1...left.count {
            var row = [Int](repeating: i, count: right.count + 1)
            for j in 1...right.count {
                let isSame = left[i - 1] == right[j - 1]
                row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1))
                if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                    row[j] = min(row[j], beforeLast[j - 2] + 1)
                }
            }
            (beforeLast, last) = (last, row)
        }
        return last[right.count]
    }
}
