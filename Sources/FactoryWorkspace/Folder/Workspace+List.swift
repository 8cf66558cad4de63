import CFile

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a folder holds.
public struct Listing: Sendable, Hashable {
    /// One file or folder.
    public struct Entry: Sendable, Hashable {
        /// Where it is.
        public var path: WorkspacePath
        /// What it is.
        public var status: FileStatus

        /// An entry of these values.
        public init(path: WorkspacePath, status: FileStatus) {
            self.path = path
            self.status = status
        }
    }

    /// Something in the folder that no step can reach, with the reason: links, FIFOs, names that are no path here.
    public struct Refused: Sendable, Hashable {
        /// The name, safe to show.
        public var name: String
        /// Why, as a sentence.
        public var reason: String
    }

    /// Sorted by path.
    public var entries: [Entry] = []
    /// Sorted by name.
    public var refused: [Refused] = []
}

extension Workspace {
    /// Most entries that one listing visits.
    public static let maximumEntries = 20_000

    /// Lists `folder`, nil being the whole workspace. Temporary files of the workspace itself are left out.
    ///
    /// - Parameters:
    ///   - recursive: also what the folders below hold.
    ///   - excluding: names of folders that are not entered and not listed.
    ///   - limit: most entries that are visited.
    /// - Throws: `limit(.entries)` past `limit`.
    public func list(
        _ folder: WorkspacePath?, recursive: Bool, excluding: Set<String> = [], limit: Int = maximumEntries
    ) throws(WorkspaceError) -> Listing {
        var listing = Listing()
        var visited = 0
        var pending = [folder]
        while let next = pending.popLast() {
            for name in try names(in: next, limit: limit) where !excluding.contains(name) {
                visited += 1
                guard visited <= limit else { throw .limit(.entries(limit)) }
                let shown = next.map { "\($0)/\(name)" } ?? name
                do throws(WorkspaceError) {
                    let path = try WorkspacePath(shown, in: self)
                    guard let status = try status(of: path) else { continue }
                    listing.entries.append(Listing.Entry(path: path, status: status))
                    if recursive, status.kind == .folder { pending.append(path) }
                } catch {
                    if case .invalidPath(let problem) = error, problem.reason == .reserved { continue }
                    listing.refused.append(Listing.Refused(name: shown.quotedForMessage, reason: error.description))
                }
            }
        }
        listing.entries.sort { $0.path < $1.path }
        listing.refused.sort { $0.name < $1.name }
        return listing
    }

    /// The names in a folder, in the order the system gives them; those that are not UTF-8 with replaced characters.
    func names(in folder: WorkspacePath?, limit: Int) throws(WorkspaceError) -> [String] {
        let shown = folder?.rawValue ?? "."
        let descriptor = try open(folder, as: .folder)
        guard let listing = cfile_list(descriptor.release()) else {
            throw WorkspaceError(code: errno, operation: "list", path: shown)
        }
        defer { cfile_end(listing) }
        var names: [String] = []
        while let name = cfile_next(listing) {
            names.append(String(cString: name))
            // Some of them may be left out later, but there is an end to reading them too.
            guard names.count <= 2 * limit else { throw .limit(.entries(limit)) }
        }
        guard errno == 0 else { throw WorkspaceError(code: errno, operation: "list", path: shown) }
        return names
    }
}

extension WorkspacePath {
    /// Checks `text` and throws the workspace's own error.
    public init(_ text: String, in _: Workspace) throws(WorkspaceError) {
        do {
            try self.init(text)
        } catch {
            throw .invalidPath(error)
        }
    }
}
