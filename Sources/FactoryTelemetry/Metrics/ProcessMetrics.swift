import Glibc

extension MetricsRegistry {
    /// What the operating system says about this process, and the version of the program.
    ///
    /// The names are those that Prometheus client libraries share.
    public func observeProcess(version: String) {
        observed("code_factory_build_info", "The version of the program; always 1.", labels: ["version"]) {
            [([version], 1)]
        }
        process("process_cpu_seconds_total", .counter, "Time on processors, in seconds.") {
            ProcessFigures.cpuSeconds()
        }
        process("process_resident_memory_bytes", .gauge, "Memory of the process that is in use.") {
            ProcessFigures.memoryPages()?.resident
        }
        process("process_virtual_memory_bytes", .gauge, "Address space of the process.") {
            ProcessFigures.memoryPages()?.virtual
        }
        process("process_open_fds", .gauge, "Open file descriptors.") { ProcessFigures.openDescriptors() }
        process("process_max_fds", .gauge, "File descriptors that may be open.") { ProcessFigures.descriptorLimit() }
        let started = ProcessFigures.startSeconds()
        process("process_start_time_seconds", .gauge, "When the process started, in seconds since 1970.") { started }
    }

    private func process(
        _ name: String, _ type: MetricType, _ help: String, _ value: @escaping @Sendable () -> Double?
    ) {
        observed(name, type: type, help) { value().map { [([], $0)] } ?? [] }
    }
}

/// What `/proc` says about this process; nil where it does not.
enum ProcessFigures {
    static func cpuSeconds() -> Double? {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return nil }
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    static func memoryPages() -> (virtual: Double, resident: Double)? {
        let fields = text("/proc/self/statm").split(separator: " ").prefix(2).compactMap { Double($0) }
        guard fields.count == 2 else { return nil }
        let page = Double(sysconf(Int32(_SC_PAGESIZE)))
        return (fields[0] * page, fields[1] * page)
    }

    static func openDescriptors() -> Double? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // Without `.`, `..` and the descriptor of this look.
        return Double(max(0, count - 3))
    }

    static func descriptorLimit() -> Double? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        return Double(limit.rlim_cur)
    }

    /// Boot time and the ticks after it at which the process started: field 22 of `stat`, see proc(5).
    static func startSeconds() -> Double? {
        let stat = text("/proc/self/stat")
        guard let end = stat.lastIndex(of: ")"),
            let boot = text("/proc/stat").split(separator: "\n").first(where: { $0.hasPrefix("btime ") })
                .flatMap({ Double($0.dropFirst(6)) })
        else { return nil }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        guard fields.count > 19, let ticks = Double(fields[19]) else { return nil }
        return boot + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    private static func text(_ path: String) -> String {
        guard let file = fopen(path, "re") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
