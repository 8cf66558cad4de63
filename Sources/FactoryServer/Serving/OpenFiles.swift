import Glibc

/// How many files and connections this process may have open at once, and how many of them are for the server's clients.
struct OpenFiles: Sendable, Hashable {
    /// Connections where nobody asks for a number.
    static let connections = 16_384
    /// Files that are for other things: the store, blobs, steps, and the connections that steps and models make.
    static let reserve = 1_024

    /// What the kernel lets this process have.
    let allowed: Int

    /// Connections of `asked`, or of as many as there is room for up to ``connections``.
    /// - Throws: where more are asked for than there can be.
    func connections(asked: Int?) throws(ConfigurationError) -> Int {
        let room = max(allowed / 2, allowed - Self.reserve)
        guard let asked else { return min(Self.connections, room) }
        guard asked <= room else {
            throw ConfigurationError(
                key: "--max-connections",
                message:
                    "\(asked) connections need \(asked + Self.reserve) open files, and this process may have \(allowed): "
                    + "raise that (ulimit -Hn; LimitNOFILE= of a systemd unit; --ulimit nofile= of a container), or ask for "
                    + "at most \(room)")
        }
        return asked
    }

    /// Lets this process have as many as `asked` connections, or the standard number, need: soft limits are low for the
    /// sake of programs that cannot have many. The hard limit stays, and steps have their own.
    static func raised(for asked: Int?) -> OpenFiles {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return OpenFiles(allowed: reserve) }
        let wanted = rlim_t((asked ?? connections) + reserve)
        if limit.rlim_cur < wanted {
            var raised = limit
            raised.rlim_cur = min(wanted, limit.rlim_max)
            if setrlimit(resource, &raised) == 0 { limit = raised }
        }
        return OpenFiles(allowed: Int(exactly: limit.rlim_cur) ?? .max)
    }
}
