import CJail
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How a jail ended, and what came out of it.
struct JailEnd: Sendable {
    /// Why this side ended it.
    enum Stop: Sendable { case wall, output, result }

    let report: jail_report
    let stop: Stop?
    let stdout: [UInt8]
    let stderr: [UInt8]
    let result: [UInt8]
    let files: SandboxFiles
}

enum Jail {
    /// Runs one jail to its end on a thread of its own; returns when every process of it is dead.
    static func run(
        _ launch: JailLaunch, onOutput: (@Sendable (SandboxOutput) -> Void)? = nil
    ) async throws(SandboxError) -> JailEnd {
        let cancellation = try Cancellation()
        let end: Result<JailEnd, SandboxError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                JailThread.start {
                    let end = Result { () throws(SandboxError) in
                        var session = try JailSession(launch, cancellation: cancellation, onOutput: onOutput)
                        return try session.run()
                    }
                    continuation.resume(returning: end)
                }
            }
        } onCancel: {
            cancellation.cancel()
        }
        return try end.get()
    }
}

/// Lets any thread end a session that waits in `poll`.
final class Cancellation: Sendable {
    /// Readable once ``cancel()`` was called.
    let event: Descriptor
    private let isSet = Atomic(false)

    init() throws(SandboxError) { event = try Descriptor.event() }

    var isCancelled: Bool { isSet.load(ordering: .acquiring) }

    func cancel() {
        isSet.store(true, ordering: .releasing)
        _ = cjail_wake(event.number)
    }
}

/// One thread per jail. The kernel ends a jail when the thread that started it does (the second lock behind the
/// lifeline), so it must not be one of a pool.
enum JailThread {
    static func start(_ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Body(run: body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, 1 << 20)
        var thread = pthread_t()
        let failed = pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        pthread_attr_destroy(&attributes)
        // Only a machine out of memory or threads comes here. The caller's own thread does the work then.
        if failed != 0 { box.takeRetainedValue().run() }
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
