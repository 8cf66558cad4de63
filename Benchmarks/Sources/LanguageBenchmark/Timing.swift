import Glibc

/// Reads the clocks and the load of this machine.
enum Timing {
    /// Median seconds of one `body`, from `rounds` rounds of `repetitions`.
    static func median(rounds: Int, repetitions: Int = 1, _ body: () throws -> Void) rethrows -> Double {
        try median((0..<rounds).map { _ in try seconds(repetitions, body) })
    }

    /// Median seconds of two bodies that take turns, so that what else the machine does falls on both.
    static func medians(
        rounds: Int, _ first: () throws -> Void, _ second: () throws -> Void
    ) rethrows -> (first: Double, second: Double) {
        var times: (first: [Double], second: [Double]) = ([], [])
        for _ in 0..<rounds {
            times.first.append(try seconds(1, first))
            times.second.append(try seconds(1, second))
        }
        return (median(times.first), median(times.second))
    }

    /// Processor seconds this process has used.
    static var processorSeconds: Double {
        var usage = rusage()
        getrusage(numericCast(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// The load average of the last minute.
    static var load: Double {
        var load = 0.0
        getloadavg(&load, 1)
        return load
    }

    private static func seconds(_ repetitions: Int, _ body: () throws -> Void) rethrows -> Double {
        let start = ContinuousClock.now
        for _ in 0..<repetitions { try body() }
        let (seconds, attoseconds) = start.duration(to: .now).components
        return (Double(seconds) + Double(attoseconds) / 1e18) / Double(repetitions)
    }

    private static func median(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }
}

extension Double {
    /// This number with three significant digits, or as an integer from 1,000 on.
    var threeDigits: String {
        guard isFinite, self != 0 else { return "\(self)" }
        let digits = 2 - Int(log10(magnitude).rounded(.down))
        guard digits > 0 else { return "\(Int(rounded()))" }
        let factor = pow(10, Double(digits))
        return "\((self * factor).rounded() / factor)"
    }

    /// These seconds in the unit that fits.
    var asTime: String {
        if self >= 1 { return "\(threeDigits) s" }
        if self >= 1e-3 { return "\((self * 1e3).threeDigits) ms" }
        return self >= 1e-6 ? "\((self * 1e6).threeDigits) µs" : "\((self * 1e9).threeDigits) ns"
    }
}
