import FactoryDomain
import FactoryStore

/// What alerts say, in sentences.
enum AlertText {
    static func failed(_ run: RunRecord, times: Int64) -> String {
        times > 1
            ? "“\(run.pipeline)” failed \(times) times in a row, latest in run \(run.number)"
            : "Run \(run.number) of “\(run.pipeline)” failed"
    }

    static func tookLong(_ run: RunRecord, milliseconds: Int64, limit: Int64) -> String {
        "Run \(run.number) of “\(run.pipeline)” took \(time(milliseconds)), longer than \(time(limit))"
    }

    static func costMuch(_ run: RunRecord, microUSD: Int64, limit: Int64) -> String {
        "Run \(run.number) of “\(run.pipeline)” cost \(dollars(microUSD)), more than \(dollars(limit))"
    }

    static func silent(_ pipeline: String?, milliseconds: Int64) -> String {
        pipeline.map { "No run of “\($0)” for \(time(milliseconds))" } ?? "No run for \(time(milliseconds))"
    }

    /// The two largest units that are not nothing.
    static func time(_ milliseconds: Int64) -> String {
        guard milliseconds >= 1_000 else { return "\(milliseconds) ms" }
        let seconds = milliseconds / 1_000
        let parts = [
            (seconds / 86_400, "d"), (seconds / 3_600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s"),
        ]
        let first = parts.firstIndex { $0.0 > 0 } ?? parts.count - 1
        return parts[first...].prefix(2).filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }

    static func dollars(_ micro: Int64) -> String {
        let fraction = String(String(1_000_000 + micro % 1_000_000).dropFirst())
        var digits = Substring(fraction)
        while digits.count > 2, digits.last == "0" { digits.removeLast() }
        return "$\(micro / 1_000_000).\(digits)"
    }
}
