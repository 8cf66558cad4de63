import FactoryJSON
import Glibc
import Synchronization

/// The script of the local model at work: in a process group of its own, so that all it started ends with it.
///
/// It is a thing of one use: ``run(_:told:)`` once, from a thread that may wait; ``cancel()`` at any time, from any.
final class InstallProcess: Sendable {
    /// How it came out.
    enum Outcome: Sendable, Hashable {
        case listening(url: String)
        case failed(String)
        case cancelled
    }

    /// How long what was begun may take to be taken back, before it is ended as it is.
    private static let patience: Int32 = 5_000
    /// As much as is kept of what it says.
    private static let maxWords = 4_096

    private struct State {
        var group: pid_t?
        var isCancelled = false
        var wake: Int32?
    }

    private let state = Mutex(State())

    /// Ends it, if it has begun; if it has not, it never will.
    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            if let group = state.group { kill(-group, SIGTERM) }
            if let wake = state.wake {
                var byte: UInt8 = 0
                _ = write(wake, &byte, 1)
            }
        }
    }

    /// Runs Python with these arguments until it ends.
    ///
    /// - Parameter told: hears every line of JSON on its standard output.
    func run(_ arguments: [String], told: (JSON) -> Void) -> Outcome {
        var (output, words, wake): (Pipe, Pipe, Pipe)
        do { (output, words, wake) = (try Pipe(), try Pipe(), try Pipe()) } catch {
            return .failed("cannot make a pipe: \(String(cString: strerror(errno)))")
        }
        defer { for pipe in [output, words, wake] { pipe.close() } }
        guard let process = start(arguments, &output, &words, wake) else {
            return isCancelled ? .cancelled : .failed("python3 is not there; the model needs 3.10 or newer")
        }
        var url: String?
        var said: [UInt8] = []
        var line: [UInt8] = []
        read(output.reading, words.reading, wake.reading, process) { bytes, isOutput in
            guard isOutput else {
                said = Array((said + bytes).suffix(Self.maxWords))
                return
            }
            for byte in bytes {
                guard byte == UInt8(ascii: "\n") else {
                    line.append(byte)
                    continue
                }
                if let json = try? JSON(parsing: line) {
                    if let found = json["url"]?.stringValue { url = found } else { told(json) }
                }
                line = []
            }
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        state.withLock { ($0.group, $0.wake) = (nil, nil) }
        if isCancelled { return .cancelled }
        guard status == 0, let url else { return .failed(Self.reason(said)) }
        return .listening(url: url)
    }

    private var isCancelled: Bool { state.withLock(\.isCancelled) }

    /// Starts it unless it was cancelled; nil where there is no Python.
    private func start(_ arguments: [String], _ output: inout Pipe, _ words: inout Pipe, _ wake: Pipe) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.writing, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, words.writing, STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (all, none) = (sigset_t(), sigset_t())
        sigfillset(&all)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        let strings: [UnsafeMutablePointer<CChar>?] = (["python3"] + arguments).map { strdup($0) } + [nil]
        defer { for string in strings { free(string) } }
        let process = state.withLock { state -> pid_t? in
            guard !state.isCancelled else { return nil }
            var process: pid_t = 0
            guard posix_spawnp(&process, "python3", &actions, &attributes, strings, environ) == 0 else { return nil }
            (state.group, state.wake) = (process, wake.writing)
            return process
        }
        output.closeWriting()
        words.closeWriting()
        return process
    }

    /// Reads both to their ends, or until a cancelled process has used up its time and is gone.
    private func read(
        _ output: Int32, _ words: Int32, _ wake: Int32, _ process: pid_t, _ got: ([UInt8], _ isOutput: Bool) -> Void
    ) {
        var open: Set<Int32> = [output, words]
        var buffer = [UInt8](repeating: 0, count: 4_096)
        var hasWoken = false
        while !open.isEmpty {
            var waiting = (open.sorted() + (hasWoken ? [] : [wake])).map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            let count = poll(&waiting, nfds_t(waiting.count), hasWoken ? Self.patience : -1)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                kill(-process, SIGKILL)
                return
            }
            for ready in waiting where ready.revents != 0 {
                if ready.fd == wake {
                    hasWoken = true
                    continue
                }
                let size = Glibc.read(ready.fd, &buffer, buffer.count)
                if size < 0, errno == EINTR { continue }
                guard size > 0 else {
                    open.remove(ready.fd)
                    continue
                }
                got(Array(buffer.prefix(size)), ready.fd == output)
            }
        }
    }

    /// What the script said last.
    private static func reason(_ said: [UInt8]) -> String {
        let text = String(decoding: said, as: UTF8.self).split(separator: "\n").filter { !$0.isEmpty }
        let last = text.lastIndex { $0.hasPrefix("local-model: ") } ?? text.startIndex
        let words = text[last...].map { $0.hasPrefix("local-model: ") ? $0.dropFirst(13) : $0 }
        return words.isEmpty ? "the local model did not start" : words.joined(separator: "\n")
    }
}

/// A pipe whose ends no other process gets by accident.
private struct Pipe {
    let reading: Int32
    private(set) var writing: Int32

    init() throws(ServerError) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw .storage(reason: "no pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reading, writing) = (ends[0], ends[1])
    }

    mutating func closeWriting() {
        Glibc.close(writing)
        writing = -1
    }

    func close() {
        Glibc.close(reading)
        if writing >= 0 { Glibc.close(writing) }
    }
}
