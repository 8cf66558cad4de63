/// The statements of retention, whole, one per operation.
enum RetentionSQL {
    private static let expirable = """
        finished_ms IS NOT NULL AND changes <> 'pending' AND status IN ('succeeded', 'failed', 'cancelled')
        """

    static let runs = """
        SELECT id FROM run WHERE \(expirable) AND (:before IS NULL OR finished_ms < :before)
        ORDER BY finished_ms, number LIMIT :limit
        """

    static let count = "SELECT count(*) FROM run WHERE \(expirable)"

    static let mayGo = "SELECT number FROM run WHERE id = ? AND \(expirable)"

    static let noteNumber = "UPDATE engine SET last_removed_number = max(last_removed_number, ?)"

    /// What hangs on the run goes with it.
    static let removeRun = "DELETE FROM run WHERE id = ?"

    /// The blobs that one run names.
    static let blobsOfRun = BlobColumns.all.map { column in
        """
        SELECT \(column.address) FROM "\(column.table)" WHERE \(column.isOfRun) AND \(column.condition)
        """
    }.joined(separator: " UNION ")

    /// Every blob that anything names.
    static let allBlobs = BlobColumns.all.map { column in
        """
        SELECT \(column.address) FROM "\(column.table)" WHERE \(column.condition)
        """
    }.joined(separator: " UNION ")

    /// Whether anything names one blob.
    static let isNamed =
        "SELECT "
        + BlobColumns.all.map { column in
            """
            EXISTS (SELECT 1 FROM "\(column.table)" WHERE \(column.condition) AND \(column.address) = :blob)
            """
        }.joined(separator: " OR ")

    /// Bytes of text that a run holds, which is most of what its rows take up.
    static let sizeOfRun = """
        SELECT (SELECT length(document) + length(inputs) + coalesce(length(outputs), 0) FROM run WHERE id = :run)
            + (SELECT coalesce(sum(200 + coalesce(length(output), 0) + coalesce(length(error), 0)), 0)
                FROM step_run WHERE run_id = :run)
            + (SELECT coalesce(sum(150 + coalesce(length("with"), 0) + coalesce(length(error), 0)), 0)
                FROM attempt WHERE \(Ordinal.isOfRun))
            + (SELECT coalesce(sum(80 + length(data)), 0) FROM event WHERE \(Ordinal.isOfRun))
            + (SELECT coalesce(sum(120 + length(text)), 0) FROM log_chunk WHERE run_id = :run)
        """
}
