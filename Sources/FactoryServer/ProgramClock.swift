public import FactoryDomain
public import FactoryExpressions
import Glibc

/// The wall clock of this machine, read in one place.
public enum ProgramClock {
    /// The present moment, to the millisecond.
    @Sendable public static func now() -> Timestamp {
        let time = read()
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// The present moment as expressions see it.
    public static func moment() -> Moment {
        let time = read()
        return Moment(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
    }

    private static func read() -> timespec {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return time
    }
}
