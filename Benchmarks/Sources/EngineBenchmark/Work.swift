import Glibc

/// Work that keeps a processor busy.
enum Work {
    /// Computes until this thread has used `milliseconds` of processor time, so that a busy machine makes it longer for
    /// engine and floor alike, and neither does less.
    static func spin(milliseconds: Int) {
        let end = threadNanoseconds + milliseconds * 1_000_000
        var value: UInt64 = 88_172_645_463_325_252
        while threadNanoseconds < end {
            for _ in 0..<2_000 {
                value ^= value << 13
                value ^= value >> 7
                value ^= value << 17
            }
        }
        // Without this the compiler may leave the work out.
        withExtendedLifetime(value) {}
    }

    private static var threadNanoseconds: Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
