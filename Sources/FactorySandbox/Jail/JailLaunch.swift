import CJail

/// Everything one start of `factory-jail` needs.
struct JailLaunch: Sendable {
    let jail: String
    let arguments: [String]
    let package: JobPackage
    let limits: SandboxLimits
    let collectsFiles: Bool

    init(
        _ job: SandboxJob, package: JobPackage, interpreter: Interpreter, configuration: SandboxConfiguration
    ) {
        let agent = "/factory/" + job.language.agentName
        let command = [interpreter.path] + job.language.flags(job.limits) + [agent]
        self.init(
            package: package, limits: job.limits, configuration: configuration, collectsFiles: job.collectsFiles,
            memory: job.language.processMemory(job.limits),
            command: ["--agent", job.language.agentName, "--"] + command)
    }

    /// A start without a job: an interpreter's version, or the self-test.
    init(
        package: JobPackage, limits: SandboxLimits, configuration: SandboxConfiguration, collectsFiles: Bool = false,
        memory: ProcessMemory, command: [String]
    ) {
        jail = configuration.jail
        self.package = package
        self.limits = limits
        self.collectsFiles = collectsFiles
        let numbers: [(String, Int)] = [
            ("--protocol", Int(JAIL_PROTOCOL_VERSION)), ("--user", Int(configuration.user)),
            ("--memory", limits.memoryBytes), ("--data", memory.data), ("--address", memory.address),
            ("--file-size", limits.folderBytes), ("--cpu", limits.cpuSeconds), ("--processes", limits.processes),
            ("--descriptors", limits.descriptors), ("--folder-size", limits.folderBytes),
            ("--folder-entries", limits.folderEntries),
        ]
        arguments = ["factory-jail"] + numbers.flatMap { [$0, String($1)] } + command
    }
}

/// What the kernel lets one process map.
struct ProcessMemory {
    /// Private writable memory, in bytes.
    let data: Int
    /// All mappings, in bytes; 0 for no bound of its own.
    let address: Int
}

extension SandboxLanguage {
    func processMemory(_ limits: SandboxLimits) -> ProcessMemory {
        switch self {
        // Room for the interpreter's own libraries and for the stacks of threads.
        case .python: ProcessMemory(data: limits.memoryBytes, address: limits.memoryBytes + 256 << 20)
        // V8 reserves far more than it uses and aborts at start when it cannot (measured with Node 24 at 512 MiB); its
        // heap is bounded by a flag, the rest by the look at the whole job every 20 ms.
        case .javascript: ProcessMemory(data: max(4 << 30, limits.memoryBytes), address: 0)
        }
    }

    func flags(_ limits: SandboxLimits) -> [String] {
        switch self {
        // Isolated from environment and user folders, no site packages, no bytecode files, UTF-8 everywhere.
        case .python: ["-I", "-S", "-B", "-X", "utf8"]
        // Below the limit of the whole job, so that V8 gets to say what happened.
        case .javascript: ["--no-warnings", "--max-old-space-size=\(max(16, limits.memoryBytes >> 20) * 3 / 4)"]
        }
    }
}
