public import FactoryDomain
public import FactoryStore
import GRDB

extension SQLiteStore {
    /// One page of what a run printed.
    public func logs(of run: ID<Run>, _ range: LogRange) async throws(StoreError) -> LogPage {
        let sql = range.isNewestFirst ? RunSQL.logsNewestFirst : RunSQL.logs
        let start = range.row ?? (range.isNewestFirst ? .max : 0)
        let items = try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: sql),
                arguments: ["run": run.rawValue, "row": start, "step": range.step, "limit": range.limit + 1]
            ).map { row in
                LogPage.Item(
                    row: row["id"],
                    chunk: LogChunk(
                        attempt: ID(rawValue: row["attempt_id"]), step: row["step"], stream: row["stream"],
                        at: Timestamp(milliseconds: row["at_ms"]), text: row["text"]))
            }
        }
        let page = Array(items.prefix(range.limit))
        return LogPage(items: page, next: page.count < items.count ? page.last?.row : nil)
    }

    /// The texts that attempts of a run have written.
    public func texts(of run: ID<Run>) async throws(StoreError) -> [LogText] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: RunSQL.texts), arguments: ["run": run.rawValue]).map { row in
                LogText(
                    attempt: ID(rawValue: row["attempt_id"]), number: row["number"], status: try row.state("status"),
                    step: row["step"], stream: row["stream"], firstRow: row["first_row"], lastRow: row["last_row"])
            }
        }
    }

    /// Pieces of one text after the row `row`, oldest first.
    public func chunks(
        of text: LogText, in run: ID<Run>, after row: Int64, limit: Int
    ) async throws(StoreError) -> [LogTextChunk] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: RunSQL.chunks),
                arguments: [
                    "run": run.rawValue, "after": max(row, text.firstRow - 1), "last": text.lastRow,
                    "attempt": text.attempt.rawValue, "stream": text.stream, "limit": limit,
                ]
            ).map { row in
                LogTextChunk(row: row["id"], at: Timestamp(milliseconds: row["at_ms"]), text: row["text"])
            }
        }
    }
}
