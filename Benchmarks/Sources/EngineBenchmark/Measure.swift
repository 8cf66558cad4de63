import Glibc

/// Reads the clocks and the load of this machine.
enum Measure {
    /// What something took.
    struct Cost {
        /// On the wall.
        let seconds: Double
        /// Of the processors, by all threads of this process.
        let processor: Double
    }

    /// What `body` takes.
    static func cost(_ body: () async throws -> Void) async rethrows -> Cost {
        let (start, processor) = (ContinuousClock.now, processorSeconds)
        try await body()
        let duration = start.duration(to: .now)
        return Cost(
            seconds: Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18,
            processor: processorSeconds - processor)
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
