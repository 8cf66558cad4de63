extension Clock<Duration> {
    /// Begins to measure; what it gives tells the time that has passed since.
    func stopwatch() -> @Sendable () -> Duration {
        let start = now
        return { start.duration(to: now) }
    }
}
