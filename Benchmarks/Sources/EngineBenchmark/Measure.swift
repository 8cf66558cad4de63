import Glibc

/// Reads the clocks and the load of this machine.
enum Measure {
    /// Seconds that `body` takes.
    static func seconds(_ body: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await body()
        let duration = start.duration(to: .now)
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
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

    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}

extension Double {
    /// This number with two digits behind the point.
    var rounded2: String {
        let hundredths = Int((self * 100).rounded())
        let rest = abs(hundredths % 100)
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
