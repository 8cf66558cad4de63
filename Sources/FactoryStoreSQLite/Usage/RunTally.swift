import FactoryDomain
import FactoryStore
import GRDB
import GRDBSQLite

/// Adds up what is kept of each day and pipeline.
///
/// The columns are read as SQLite has them: rows made into values of a library cost more than everything else of the
/// answer.
struct RunTally {
    private struct Group {
        var pipeline: UsagePipeline
        var outcomes = RunFigures.Outcomes()
        var durations: [Int64: Int] = [:]
    }

    private var outcomes = RunFigures.Outcomes()
    private var days: [RunFigures.Day] = []
    private var groups: [Group] = []
    private var places: [String: Int] = [:]

    /// Reads every row of `statement`: ``UsageSQL/runs`` with its arguments set.
    init(reading statement: GRDB.Statement) throws {
        let row = statement.sqliteStatement
        defer { sqlite3_reset(row) }
        var code = sqlite3_step(row)
        while code == SQLITE_ROW {
            count(row)
            code = sqlite3_step(row)
        }
        guard code == SQLITE_DONE else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    var figures: RunFigures {
        var all: [Int64: Int] = [:]
        for group in groups { all.merge(group.durations, uniquingKeysWith: +) }
        let pipelines = groups.map {
            RunFigures.Pipeline(
                pipeline: $0.pipeline, outcomes: $0.outcomes, durations: RunFigures.Durations(counts: $0.durations))
        }
        return RunFigures(
            outcomes: outcomes, durations: RunFigures.Durations(counts: all), days: days,
            pipelines: pipelines.sorted { left, right in
                (right.outcomes.ended, left.pipeline.name) < (left.outcomes.ended, right.pipeline.name)
            })
    }

    private mutating func count(_ row: OpaquePointer) {
        let day = sqlite3_column_int64(row, 0)
        var counted = RunFigures.Outcomes()
        counted.succeeded = Int(sqlite3_column_int64(row, 3))
        counted.failed = Int(sqlite3_column_int64(row, 4))
        counted.cancelled = Int(sqlite3_column_int64(row, 5))
        // A run that went on was taken back, and may have been the only one of its day.
        guard counted.ended > 0 else { return }
        let place = group(row)
        outcomes += counted
        groups[place].outcomes += counted
        if days.last?.day != day { days.append(RunFigures.Day(day: day, outcomes: RunFigures.Outcomes())) }
        days[days.count - 1].outcomes += counted
        guard let text = sqlite3_column_text(row, 6) else { return }
        Self.add(
            UnsafeBufferPointer(start: text, count: Int(sqlite3_column_bytes(row, 6))), to: &groups[place].durations)
    }

    /// Adds the numbers of `{"DURATION":COUNT,…}`, which SQLite wrote, without the detour over a tree of values.
    private static func add(_ text: UnsafeBufferPointer<UInt8>, to durations: inout [Int64: Int]) {
        var (number, duration): (Int64, Int64) = (0, 0)
        for byte in text {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number * 10 + Int64(byte - UInt8(ascii: "0"))
            case UInt8(ascii: ":"): (duration, number) = (number, 0)
            case UInt8(ascii: ","), UInt8(ascii: "}"):
                if number > 0 { durations[duration, default: 0] += Int(number) }
                number = 0
            default: break
            }
        }
    }

    private mutating func group(_ row: OpaquePointer) -> Int {
        let (id, name) = (Self.text(row, 1), Self.text(row, 2))
        let key = id.isEmpty ? name : id
        if let place = places[key] { return place }
        groups.append(Group(pipeline: UsagePipeline(id: id.isEmpty ? nil : ID(rawValue: id), name: name)))
        places[key] = groups.count - 1
        return groups.count - 1
    }

    private static func text(_ row: OpaquePointer, _ column: Int32) -> String {
        sqlite3_column_text(row, column).map { String(cString: $0) } ?? ""
    }
}
