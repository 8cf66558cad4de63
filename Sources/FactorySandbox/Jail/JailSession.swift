import CJail

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Follows one jail from its start until everything of it is dead. Lives on one thread, which waits in `poll`.
struct JailSession {
    /// How long `factory-jail` gets to report after its lifeline was cut; then it is killed, which kills the jail.
    private static let patience = Duration.seconds(5)

    private let launch: JailLaunch
    private let cancellation: Cancellation
    private let clock = ContinuousClock()
    private var streams: JailStreams
    private var isCut = false
    private var stop: JailEnd.Stop?
    private var deadline: ContinuousClock.Instant
    private var report: jail_report?
    private var failure: SandboxError?
    private var folder: Descriptor?
    private let jail: JailProcess

    init(
        _ launch: JailLaunch, cancellation: Cancellation, onOutput: (@Sendable (SandboxOutput) -> Void)?
    ) throws(SandboxError) {
        guard !cancellation.isCancelled else { throw .cancelled }
        self.launch = launch
        self.cancellation = cancellation
        jail = try JailProcess(launch)
        streams = JailStreams(jail, limits: launch.limits, onOutput: onOutput)
        deadline = clock.now + launch.limits.wall
    }
}

extension JailSession {
    mutating func run() throws(SandboxError) -> JailEnd {
        follow()
        let status = cjail_reap(jail.process)
        let passed = streams.drain(until: clock.now + Self.patience)
        // What was still in the pipes can be the part that is too much.
        stop = stop ?? passed
        if cancellation.isCancelled { throw .cancelled }
        if let failure { throw failure }
        guard let report else { throw .lost(Self.describe(status)) }
        var files = SandboxFiles()
        if launch.collectsFiles, let folder {
            var collector = FolderCollector(package: launch.package, limits: launch.limits)
            files = collector.collect(folder)
        }
        return JailEnd(
            report: report, stop: stop, stdout: streams.stdout.bytes, stderr: streams.stderr.bytes,
            result: streams.result.bytes, files: files)
    }

    /// Waits until `factory-jail` has ended, and sees to it that it does.
    private mutating func follow() {
        var ended = false
        var controlIsOpen = true
        while !ended {
            var polled = [
                pollfd(fd: jail.end.number, events: Int16(POLLIN), revents: 0),
                pollfd(fd: controlIsOpen ? jail.control.number : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isCut ? -1 : cancellation.event.number, events: Int16(POLLIN), revents: 0),
            ]
            polled += streams.polled
            let left = deadline - clock.now
            // Rounded up, so that the deadline has passed when the wait ends.
            let milliseconds = Int32(clamping: left.components.seconds * 1000 + left.milliseconds + 1)
            guard poll(&polled, nfds_t(polled.count), max(0, milliseconds)) >= 0 || errno == EINTR else { break }
            ended = polled[0].revents != 0
            if polled[1].revents != 0 { controlIsOpen = takeReport() }
            if polled[2].revents != 0 { cut(nil) }
            if let stop = streams.read() { cut(stop) }
            if clock.now >= deadline { isCut ? kill() : cut(.wall) }
        }
        while controlIsOpen, hasReport { controlIsOpen = takeReport() }
    }

    /// Ends the jail through its lifeline; a second call changes nothing.
    private mutating func cut(_ reason: JailEnd.Stop?) {
        guard !isCut else { return }
        isCut = true
        stop = reason
        deadline = clock.now + Self.patience
        let byte: [UInt8] = [0]
        // Nobody reading means that it has ended already.
        _ = write(jail.lifeline.number, byte, 1)
    }

    private mutating func kill() {
        _ = cjail_signal(jail.end.number, SIGKILL)
        deadline = clock.now + Self.patience
    }

    private var hasReport: Bool {
        var polled = pollfd(fd: jail.control.number, events: Int16(POLLIN), revents: 0)
        return poll(&polled, 1, 0) > 0
    }

    /// Takes one message of `factory-jail`; false at the end of them.
    private mutating func takeReport() -> Bool {
        var message = jail_report()
        var passed: Int32 = -1
        let length = withUnsafeMutableBytes(of: &message) { buffer in
            cjail_receive(jail.control.number, buffer.baseAddress, buffer.count, &passed)
        }
        let descriptor = passed >= 0 ? Descriptor(passed) : nil
        guard length == MemoryLayout<jail_report>.size, message.version == JAIL_PROTOCOL_VERSION else {
            if length > 0 { failure = .lost("factory-jail is of another version") }
            return false
        }
        switch message.kind {
        case JAIL_READY.rawValue: folder = descriptor
        case JAIL_FAILED.rawValue: failure = .setupFailed(SandboxProblem(message))
        case JAIL_EXITED.rawValue: report = message
        default: break
        }
        return true
    }

    private static func describe(_ status: Int32) -> String {
        let signal = status & 0x7F
        return signal == 0
            ? "factory-jail ended with exit code \(status >> 8 & 0xFF)" : "factory-jail was ended by signal \(signal)"
    }
}

extension Duration {
    /// The part below a second, in whole milliseconds.
    fileprivate var milliseconds: Int64 { components.attoseconds / 1_000_000_000_000_000 }
}
