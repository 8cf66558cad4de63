import FactoryDomain
import FactoryStore
import GRDB
import GRDBSQLite

/// Counts runs while they are read from the index, each once.
///
/// A hundred thousand rows made into values of a library cost more than everything else of the answer, so the columns
/// are read as SQLite has them.
struct RunTally {
    private struct Group {
        var pipeline: UsagePipeline
        var outcomes = RunFigures.Outcomes()
        var durations: [Int64] = []
    }

    private var outcomes = RunFigures.Outcomes()
    private var durations: [Int64] = []
    private var days: [RunFigures.Day] = []
    private var groups: [Group] = []
    private var places: [String: Int] = [:]

    /// Reads every row of `statement`: ``UsageSQL/runs`` with its arguments set.
    init(reading statement: GRDB.Statement) throws {
        let row = statement.sqliteStatement
        defer { sqlite3_reset(row) }
        var code = sqlite3_step(row)
        while code == SQLITE_ROW {
            try count(row)
            code = sqlite3_step(row)
        }
        guard code == SQLITE_DONE else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    var figures: RunFigures {
        let pipelines = groups.map {
            RunFigures.Pipeline(
                pipeline: $0.pipeline, outcomes: $0.outcomes, durations: RunFigures.Durations($0.durations))
        }
        return RunFigures(
            outcomes: outcomes, durations: RunFigures.Durations(durations), days: days,
            pipelines: pipelines.sorted { left, right in
                (right.outcomes.ended, left.pipeline.name) < (left.outcomes.ended, right.pipeline.name)
            })
    }

    private mutating func count(_ row: OpaquePointer) throws {
        let finished = sqlite3_column_int64(row, 0)
        guard let status = RunStatus(rawValue: Self.text(row, 2)) else {
            throw StoreError.unavailable(reason: "status \"\(Self.text(row, 2))\" is not known")
        }
        let place = group(row)
        outcomes.count(status)
        groups[place].outcomes.count(status)
        let day = finished / ModelUseFigures.dayMilliseconds
        if days.last?.day != day { days.append(RunFigures.Day(day: day, outcomes: RunFigures.Outcomes())) }
        days[days.count - 1].outcomes.count(status)
        guard status == .succeeded, sqlite3_column_type(row, 1) != SQLITE_NULL else { return }
        // A clock that was set back in between measured nothing.
        let duration = finished - sqlite3_column_int64(row, 1)
        guard duration >= 0 else { return }
        durations.append(duration)
        groups[place].durations.append(duration)
    }

    private mutating func group(_ row: OpaquePointer) -> Int {
        let isStored = sqlite3_column_type(row, 3) != SQLITE_NULL
        let key = isStored ? Self.text(row, 3) : Self.text(row, 4)
        if let place = places[key] { return place }
        let pipeline = UsagePipeline(id: isStored ? ID(rawValue: key) : nil, name: Self.text(row, 4))
        groups.append(Group(pipeline: pipeline))
        places[key] = groups.count - 1
        return groups.count - 1
    }

    private static func text(_ row: OpaquePointer, _ column: Int32) -> String {
        sqlite3_column_text(row, column).map { String(cString: $0) } ?? ""
    }
}
