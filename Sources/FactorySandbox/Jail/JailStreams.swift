import FactoryJSON

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads and counts what a job writes, while it writes.
struct JailStreams {
    private(set) var stdout: Stream
    private(set) var stderr: Stream
    private(set) var result: Stream
    private var progress: Stream
    private var stdoutText = TextStream()
    private var stderrText = TextStream()
    private var progressLines = ProgressLines()
    /// The newest report, when the one before was told too short a time ago.
    private var unsaid: SandboxOutput?
    private var nextProgress = ContinuousClock.now
    private let limits: SandboxLimits
    private let onOutput: (@Sendable (SandboxOutput) -> Void)?

    init(_ jail: JailProcess, limits: SandboxLimits, onOutput: (@Sendable (SandboxOutput) -> Void)?) {
        stdout = Stream(jail.stdout)
        stderr = Stream(jail.stderr)
        result = Stream(jail.result)
        progress = Stream(jail.progress)
        self.limits = limits
        self.onOutput = onOutput
    }

    var polled: [pollfd] {
        [stdout, stderr, result, progress].map {
            pollfd(fd: $0.isOpen ? $0.descriptor.number : -1, events: Int16(POLLIN), revents: 0)
        }
    }

    /// Takes what is there; says which limit has been passed, if any.
    mutating func read() -> JailEnd.Stop? {
        let out = stdout.read(keeping: limits.outputBytes - stderr.bytes.count)
        announce(stdoutText.append(out), as: SandboxOutput.stdout)
        let err = stderr.read(keeping: limits.outputBytes - stdout.bytes.count)
        announce(stderrText.append(err), as: SandboxOutput.stderr)
        _ = result.read(keeping: limits.resultBytes)
        unsaid = progressLines.append(progress.read(keeping: 0, seeing: true)) ?? unsaid
        sayProgress()
        if stdout.isOver || stderr.isOver { return .output }
        return result.isOver ? .result : nil
    }

    /// Reads to the ends, which come when the last process that could write is dead; says which limit has been passed.
    mutating func drain(until deadline: ContinuousClock.Instant) -> JailEnd.Stop? {
        var passed: JailEnd.Stop?
        while polled.contains(where: { $0.fd >= 0 }), ContinuousClock().now < deadline {
            var waiting = polled
            _ = poll(&waiting, nfds_t(waiting.count), 100)
            passed = read() ?? passed
        }
        announce(stdoutText.finish(), as: SandboxOutput.stdout)
        announce(stderrText.finish(), as: SandboxOutput.stderr)
        sayProgress(isLast: true)
        return passed
    }

    /// The agents keep this pace by themselves; code that writes past them is held to it.
    private mutating func sayProgress(isLast: Bool = false) {
        guard let report = unsaid, isLast || ContinuousClock.now >= nextProgress else { return }
        unsaid = nil
        nextProgress = ContinuousClock.now + .milliseconds(50)
        onOutput?(report)
    }

    private func announce(_ text: String, as kind: (String) -> SandboxOutput) {
        if !text.isEmpty { onOutput?(kind(text)) }
    }
}

extension JailStreams {
    struct Stream {
        let descriptor: Descriptor
        private(set) var bytes: [UInt8] = []
        private(set) var isOpen = true
        /// Whether there was more than was to be kept.
        private(set) var isOver = false

        init(_ descriptor: Descriptor) { self.descriptor = descriptor }

        /// Takes what is there now and keeps it, up to `limit` bytes in all. Answers what was kept, or, when `seeing`,
        /// all of it.
        mutating func read(keeping limit: Int, seeing: Bool = false) -> ArraySlice<UInt8> {
            guard isOpen else { return [] }
            var piece = [UInt8](repeating: 0, count: 65_536)
            let count = SystemCall.readOnce(descriptor.number, into: &piece)
            guard count > 0 else {
                isOpen = count < 0 && (errno == EAGAIN || errno == EINTR)
                return []
            }
            if seeing { return piece[..<count] }
            let kept = piece[..<min(count, max(0, limit - bytes.count))]
            if kept.count < count { isOver = true }
            bytes += kept
            return kept
        }
    }
}

/// Reads the lines that `progress()` writes: of those that come together the last, which says all that they say. What is
/// no such line is ignored: it is the job's own doing.
struct ProgressLines {
    private static let longest = 4096
    private var rest: [UInt8] = []

    mutating func append(_ bytes: ArraySlice<UInt8>) -> SandboxOutput? {
        rest += bytes
        guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else {
            if rest.count > Self.longest { rest = [] }
            return nil
        }
        let start = rest[..<end].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let line = Array(rest[start..<end])
        rest.removeFirst(end + 1)
        return line.count <= Self.longest ? Self.report(line) : nil
    }

    private static func report(_ line: [UInt8]) -> SandboxOutput? {
        guard let json = try? JSON(parsing: line, limits: JSONLimits(depth: 4, bytes: longest, keys: 8)),
            let done = json["done"]?.doubleValue
        else { return nil }
        return .progress(done: done, of: json["of"]?.doubleValue, note: json["note"]?.stringValue)
    }
}
