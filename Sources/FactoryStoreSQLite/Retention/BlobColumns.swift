/// Every place in the store that names a blob. What is not listed here is collected: a test reads the schema and holds
/// the list to it.
enum BlobColumns {
    struct Column {
        let table: String
        let column: String
        /// The address, as the index of the column has it.
        let address: String
        /// When the column names a blob, as the index of the column has it.
        let condition: String
        /// Which rows belong to the run `:run`.
        let isOfRun: String
    }

    static let all = [
        value("run", "inputs", "id = :run"), value("run", "outputs", "id = :run"),
        value("run", "trigger_value", "id = :run"), hash("run", "cassette_hash", "id = :run"),
        value("step_run", "output"), value("attempt", "with", Ordinal.isOfRun),
        hash("change", "content_hash"), hash("change", "base_hash"),
        hash("planned_change", "before_hash"), hash("planned_change", "after_hash"),
    ]

    /// A column whose value may stand in a blob.
    private static func value(_ table: String, _ column: String, _ isOfRun: String = "run_id = :run") -> Column {
        Column(
            table: table, column: column, address: "\"\(column)\" ->> 'blob'", condition: "\(column)_is_blob = 1",
            isOfRun: isOfRun)
    }

    /// A column that is the address of a blob.
    private static func hash(_ table: String, _ column: String, _ isOfRun: String = "run_id = :run") -> Column {
        Column(table: table, column: column, address: column, condition: "\(column) IS NOT NULL", isOfRun: isOfRun)
    }
}
