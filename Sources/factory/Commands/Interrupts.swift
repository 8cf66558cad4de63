import Dispatch
import Glibc

/// Ctrl-C and SIGTERM: the first calls the handler, the second ends the process at once.
///
/// Ending at once loses nothing: the run goes on from its last settled step when it is resumed.
final class Interrupts {
    private let sources: [any DispatchSourceSignal]

    init(_ handler: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "factory.interrupts")
        let count = Count()
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                count.value += 1
                if count.value > 1 { _exit(ExitStatus.cancelled.rawValue) }
                handler()
            }
            source.resume()
            return source
        }
    }

    /// From here on a signal ends the process again, as it would have before.
    func stop() {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }

    /// How many signals came; touched on the queue only.
    private final class Count: @unchecked Sendable {
        var value = 0
    }
}
