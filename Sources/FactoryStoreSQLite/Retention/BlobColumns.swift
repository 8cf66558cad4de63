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
        /// The column with the id of the run.
        let run: String
    }

    static let all = [
        value("run", "inputs", run: "id"), value("run", "outputs", run: "id"),
        value("run", "trigger_value", run: "id"), value("step_run", "output"), value("attempt", "with"),
        hash("change", "content_hash"), hash("change", "base_hash"),
        hash("planned_change", "before_hash"), hash("planned_change", "after_hash"),
    ]

    /// A column whose value may stand in a blob.
    private static func value(_ table: String, _ column: String, run: String = "run_id") -> Column {
        Column(
            table: table, column: column, address: "\"\(column)\" ->> 'blob'", condition: "\(column)_is_blob = 1",
            run: run)
    }

    /// A column that is the address of a blob.
    private static func hash(_ table: String, _ column: String) -> Column {
        Column(table: table, column: column, address: column, condition: "\(column) IS NOT NULL", run: "run_id")
    }
}
