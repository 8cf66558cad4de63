#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where a sandbox finds its programs, and how much of the machine it may use.
public struct SandboxConfiguration: Sendable, Hashable {
    /// Path of the program `factory-jail`; by default the one beside the running program.
    public var jail: String
    /// Folders that interpreters are looked for in, in this order. `PATH` is ignored.
    public var interpreterFolders: [String]
    /// How many jobs run at once; further ones wait. Default: one per processor, at least 2.
    public var width: Int
    /// What the memory limits of the jobs that run at once may add up to. Default: half of the machine's memory.
    public var memoryBytes: Int
    /// The most that a job may ask for.
    public var maximum: SandboxLimits
    /// The user that jobs run as when this process is root. Should own nothing.
    public var user: UInt32

    /// A configuration; everything has a default.
    public init(
        jail: String? = nil, interpreterFolders: [String] = ["/usr/bin", "/usr/local/bin"], width: Int? = nil,
        memoryBytes: Int? = nil, maximum: SandboxLimits = .maximum, user: UInt32 = 65_533
    ) {
        self.jail = jail ?? Self.besideThisProgram
        self.interpreterFolders = interpreterFolders
        self.width = max(1, width ?? max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        self.memoryBytes = memoryBytes ?? Self.halfOfMemory
        self.maximum = maximum
        self.user = user
    }

    private static var besideThisProgram: String {
        var path = [UInt8](repeating: 0, count: 4096)
        let length = path.withUnsafeMutableBytes { buffer in
            buffer.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { readlink("/proc/self/exe", $0, text.count) } ?? -1
            }
        }
        guard length > 0, let slash = path[..<length].lastIndex(of: UInt8(ascii: "/")) else { return "factory-jail" }
        return String(decoding: path[...slash], as: UTF8.self) + "factory-jail"
    }

    private static var halfOfMemory: Int { sysconf(Int32(_SC_PHYS_PAGES)) / 2 * sysconf(Int32(_SC_PAGESIZE)) }
}
