import FactoryStore

/// The key of a row that a run appends: the run's number and, in the lower 32 bits, what the row is within its run. So a
/// row of the run that is newest, or of one beside it, is written at or near the end of its tree.
enum Ordinal {
    /// The largest number of a row within its run.
    private static let last: Int64 = 0xFFFF_FFFF

    /// The key of the row `place` of the run `number`.
    ///
    /// - Throws: ``StoreError/unavailable(reason:)`` where the run has more rows than the store can number.
    static func make(run number: Int64, _ place: Int64) throws -> Int64 {
        guard number >= 0, number < 1 << 31, place >= 1, place <= last else {
            throw StoreError.unavailable(reason: "the store cannot number row \(place) of run \(number)")
        }
        return number << 32 | place
    }

    /// Whether a row belongs to the run `:run`, as SQL.
    static let isOfRun = isOfRun(after: "0")

    /// Whether a row belongs to the run `:run` and comes after the place `after`, which is SQL too. One bound on each
    /// side: SQLite begins at one lower bound and looks at every row between that and a second.
    static func isOfRun(after: String) -> String {
        """
        ordinal BETWEEN (SELECT (number << 32) + 1 FROM run WHERE id = :run) + max(\(after), 0)
            AND (SELECT (number << 32) + \(last) FROM run WHERE id = :run)
        """
    }
}
