import CFile

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder whose files steps may read and, through a change set, change; nothing outside it is ever reached.
///
/// The folder is opened once and held; every path is resolved beneath that descriptor by the kernel, which follows no
/// symbolic link and crosses no mount point, so neither a rename of the folder nor one inside it can redirect an
/// access. Calls block for the disk.
public final class Workspace: Sendable {
    /// Whose folder it is.
    public enum Kind: Sendable, Hashable {
        /// Made and filled by the server alone: a file with a second name or another owner is refused.
        case managed
        /// A person's own folder (`--files`, the current folder): such files are read, but not replaced.
        case personal
    }

    /// How paths are resolved.
    public enum Resolution: Sendable {
        /// By the kernel in one call (`openat2`), or by components where it cannot.
        case automatic
        /// One component after the other, each opened in the one before.
        case components
    }

    /// Whose folder it is.
    public let kind: Kind
    /// When writes are refused for lack of space.
    public let floor: FreeSpaceFloor

    let root: Int32
    let resolution: Resolution

    /// Opens the folder `root`, a path of the host chosen by the operator; links in it are followed.
    ///
    /// - Parameter floor: nil takes the default of `kind`.
    /// - Throws: `notFound`, `notFolder` or `denied`, with `.` as the path.
    public init(
        root: String, kind: Kind, floor: FreeSpaceFloor? = nil, resolution: Resolution = .automatic
    ) throws(WorkspaceError) {
        let descriptor = SystemCall.openFolder(root)
        guard descriptor >= 0 else { throw WorkspaceError(code: errno, operation: "open", path: ".") }
        self.root = descriptor
        self.kind = kind
        self.floor = floor ?? (kind == .managed ? .server : .person)
        self.resolution = resolution
    }

    deinit { _ = close(root) }
}

/// Below how much free space nothing is written.
public struct FreeSpaceFloor: Sendable, Hashable {
    /// Free bytes that stay.
    public var bytes: Int64
    /// Share of the volume that stays free, 0 to 1.
    public var share: Double
    /// With true both must be undercut before a write is refused, with false one is enough.
    public var both: Bool

    /// A floor of these values.
    public init(bytes: Int64, share: Double, both: Bool) {
        self.bytes = bytes
        self.share = share
        self.both = both
    }

    /// 1 GiB or 5 % of the volume, whichever is more: other services live on a server's disk too.
    public static let server = FreeSpaceFloor(bytes: 1 << 30, share: 0.05, both: false)
    /// 1 GiB or 5 % of the volume, whichever is less: neither a large nor a small disk of one's own is refused early.
    public static let person = FreeSpaceFloor(bytes: 1 << 30, share: 0.05, both: true)

    /// The floor in bytes on a volume of `total` bytes.
    func bytes(ofTotal total: Int64) -> Int64 {
        let part = Int64(Double(total) * share)
        return both ? min(bytes, part) : max(bytes, part)
    }
}
