#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Workspace {
    /// The bytes of all files in the workspace, but for its own temporary ones. Links and special files count nothing.
    public func usedBytes() throws(WorkspaceError) -> Int64 {
        var used: Int64 = 0
        var pending: [WorkspacePath?] = [nil]
        while let next = pending.popLast() {
            do throws(WorkspaceError) {
                let shown = next?.rawValue ?? "."
                let folder = try open(next, as: .folder)
                for name in try names(in: next, limit: .max / 2) {
                    guard let path = try? WorkspacePath(next.map { "\($0)/\(name)" } ?? name, in: self),
                        let status = try entryIfPresent(name, in: folder, shown: shown)
                    else { continue }
                    switch status.st_mode & S_IFMT {
                    case S_IFREG: used += Int64(status.st_size)
                    case S_IFDIR: pending.append(path)
                    default: continue
                    }
                }
            } catch {
                // What was removed or swapped for a link meanwhile holds nothing.
                switch error {
                case .notFound, .notFolder, .denied: continue
                default: throw error
                }
            }
        }
        return used
    }

    private func entryIfPresent(
        _ name: String, in folder: borrowing Descriptor, shown: String
    ) throws(WorkspaceError) -> stat? {
        do throws(WorkspaceError) { return try entry(name, in: folder, shown: shown) } catch {
            guard case .notFound = error else { throw error }
            return nil
        }
    }
}
