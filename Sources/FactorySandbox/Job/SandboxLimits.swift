/// What one job may use. Passing any of them ends it with a reason of its own (``SandboxTermination``), or makes the
/// call in the job fail that would pass it (processes, files, descriptors).
public struct SandboxLimits: Sendable, Hashable {
    /// Time from start to end. Default 30 s.
    public var wall: Duration = .seconds(30)
    /// Processor time of all processes together, in whole seconds. Default 10 s.
    public var cpuSeconds: Int = 10
    /// Memory of all processes together, and of each. Default 512 MiB.
    public var memoryBytes: Int = 512 << 20
    /// Processes and threads. Default 32 for Python, 64 for JavaScript, whose engine starts a dozen.
    public var processes: Int = 32
    /// Standard output and standard error together. Default 1 MiB.
    public var outputBytes: Int = 1 << 20
    /// The result as JSON text. Default 4 MiB.
    public var resultBytes: Int = 4 << 20
    /// What the job's folder and `/tmp` hold together. Default 64 MiB.
    public var folderBytes: Int = 64 << 20
    /// Files and folders in both. Default 4096.
    public var folderEntries: Int = 4096
    /// Changed files that come back. Default 100.
    public var collectedFiles: Int = 100
    /// Bytes of changed files that come back. Default 32 MiB.
    public var collectedBytes: Int = 32 << 20
    /// Open descriptors of one process. Default 256.
    public var descriptors: Int = 256

    /// The defaults.
    public init() {}

    /// The defaults for `language`.
    public static func standard(for language: SandboxLanguage) -> SandboxLimits {
        var limits = SandboxLimits()
        if language == .javascript { limits.processes = 64 }
        return limits
    }

    /// The most a job may ask for unless an operator decides otherwise: 15 min, 15 min of processor time, 4 GiB, 256
    /// processes, 16 MiB of output and of result, 1 GiB and 65,536 entries in its folder, 1000 files and 256 MiB back.
    public static var maximum: SandboxLimits {
        var limits = SandboxLimits()
        limits.wall = .seconds(900)
        limits.cpuSeconds = 900
        limits.memoryBytes = 4 << 30
        limits.processes = 256
        limits.outputBytes = 16 << 20
        limits.resultBytes = 16 << 20
        limits.folderBytes = 1 << 30
        limits.folderEntries = 65_536
        limits.collectedFiles = 1000
        limits.collectedBytes = 256 << 20
        limits.descriptors = 1024
        return limits
    }

    func check(against maximum: SandboxLimits) throws(SandboxError) {
        guard wall > .zero else { throw .invalidJob("the limit wall must be more than 0") }
        guard wall <= maximum.wall else { throw .invalidJob("the limit wall is above the maximum of \(maximum.wall)") }
        // Least values: below these no interpreter starts.
        let counted: [(name: String, path: KeyPath<SandboxLimits, Int>, least: Int)] = [
            ("cpu", \.cpuSeconds, 1), ("memory", \.memoryBytes, 16 << 20), ("processes", \.processes, 1),
            ("output", \.outputBytes, 1), ("result", \.resultBytes, 1), ("folder size", \.folderBytes, 1 << 16),
            ("folder entries", \.folderEntries, 1), ("collected files", \.collectedFiles, 0),
            ("collected bytes", \.collectedBytes, 0), ("descriptors", \.descriptors, 16),
        ]
        for (name, path, least) in counted {
            guard self[keyPath: path] >= least else { throw .invalidJob("the limit \(name) is below \(least)") }
            guard self[keyPath: path] <= maximum[keyPath: path] else {
                throw .invalidJob("the limit \(name) is above the maximum of \(maximum[keyPath: path])")
            }
        }
    }
}
