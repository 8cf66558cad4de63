/// How much one attempt may change.
public struct ViewLimits: Sendable, Hashable {
    /// Bytes of one file, read or written.
    public var fileBytes: Int
    /// Bytes of all contents that the attempt writes.
    public var stagedBytes: Int64
    /// Paths that the attempt changes.
    public var stagedFiles: Int

    /// Limits of these values.
    public init(fileBytes: Int, stagedBytes: Int64, stagedFiles: Int) {
        self.fileBytes = fileBytes
        self.stagedBytes = stagedBytes
        self.stagedFiles = stagedFiles
    }

    /// 16 MiB a file, 256 MiB and 10,000 paths an attempt.
    public static let standard = ViewLimits(
        fileBytes: Workspace.maximumFileBytes, stagedBytes: 256 * 1024 * 1024, stagedFiles: 10_000)
}
