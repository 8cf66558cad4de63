import Dispatch
import Glibc

/// Ctrl-C and SIGTERM: the first calls the handler, the second ends the process at once.
///
/// Ending at once loses nothing: the run goes on from its last settled step when it is resumed. Signals go through a pipe
/// from a handler of our own: a dispatch source for signals starts to listen some time after it was resumed, and a
/// signal that comes before is lost.
final class Interrupts {
    private static let signals = [SIGINT, SIGTERM]

    private let source: any DispatchSourceRead

    init(_ handler: @escaping @Sendable () -> Void) {
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0, "no descriptor is left for the pipe of signals")
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        let (read, write) = (ends[0], ends[1])
        let count = Count()
        source = DispatchSource.makeReadSource(
            fileDescriptor: read, queue: DispatchQueue(label: "factory.interrupts"))
        source.setEventHandler {
            var byte: UInt8 = 0
            while Glibc.read(read, &byte, 1) == 1 {
                count.value += 1
                if count.value > 1 { _exit(ExitStatus.cancelled.rawValue) }
                handler()
            }
        }
        source.setCancelHandler {
            close(read)
            close(write)
        }
        source.resume()
        signalPipe = write
        for number in Self.signals {
            signal(number) { _ in
                // errno belongs to whatever was interrupted.
                let code = errno
                var byte: UInt8 = 1
                _ = Glibc.write(signalPipe, &byte, 1)
                errno = code
            }
        }
    }

    /// From here on a signal ends the process again, as it would have before.
    func stop() {
        for number in Self.signals { signal(number, SIG_DFL) }
        source.cancel()
    }

    /// How many signals came; touched on the queue only.
    private final class Count: @unchecked Sendable {
        var value = 0
    }
}

/// Where the signal handler writes: set before the handler is installed. A handler can be given nothing else to know.
private nonisolated(unsafe) var signalPipe: Int32 = -1
