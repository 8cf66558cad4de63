import FactoryBlobs
import FactoryDomain

extension WorkspaceView {
    /// What to do where a file stands already.
    public enum IfExists: String, Sendable, CaseIterable {
        /// The new content takes its place.
        case replace
        /// The file stays as it is, and that is no error.
        case skip
        /// The step fails.
        case fail
    }

    /// Makes `bytes` the content of `path`.
    ///
    /// - Returns: false when a file stood there and `ifExists` is `skip`.
    @discardableResult
    public mutating func write(
        _ bytes: [UInt8], to path: WorkspacePath, ifExists: IfExists = .replace
    ) throws(WorkspaceError) -> Bool {
        try checkSize(Int64(bytes.count), of: path)
        if try hasFile(at: path) {
            switch ifExists {
            case .replace: break
            case .skip: return false
            case .fail: throw .exists(path: path.rawValue)
            }
        }
        let base = try base(of: path)
        try stage(.write(try keep(bytes), size: Int64(bytes.count)), at: path, base: base)
        return true
    }

    /// Puts `bytes` behind the content of `path`, making the file when there is none.
    public mutating func append(_ bytes: [UInt8], to path: WorkspacePath) throws(WorkspaceError) {
        let size = try hasFile(at: path) ? try status(of: path)?.size ?? 0 : 0
        try checkSize(size + Int64(bytes.count), of: path)
        let base = try base(of: path)
        switch staged(at: path)?.action {
        case .write(let hash, _)?:
            try stage(try joined(hash, bytes), at: path, base: base)
        case .append(let hash, _)?:
            guard case .write(let both, let size) = try joined(hash, bytes) else { return }
            try stage(.append(both, size: size), at: path, base: base)
        case .delete?:
            try stage(.write(try keep(bytes), size: Int64(bytes.count)), at: path, base: base)
        case nil:
            // The base is kept, so that the whole content is known even after somebody edits the file meanwhile.
            if !wasSettled(path), base != nil { _ = try keep(try read(path)) }
            try stage(.append(try keep(bytes), size: Int64(bytes.count)), at: path, base: base)
        }
    }

    /// Removes the file at `path`.
    ///
    /// - Returns: false when there was none and `missingOK` is true.
    @discardableResult
    public mutating func delete(_ path: WorkspacePath, missingOK: Bool = false) throws(WorkspaceError) -> Bool {
        guard try hasFile(at: path) else {
            guard missingOK else { throw .notFound(path: path.rawValue) }
            return false
        }
        let base = try base(of: path)
        let madeHere = base == nil && !wasSettled(path)
        try stage(madeHere ? nil : .delete, at: path, base: base)
        return true
    }

    /// Writes the content of `source` to `target`; false when it was left out by `ifExists: skip`.
    @discardableResult
    public mutating func copy(
        _ source: WorkspacePath, to target: WorkspacePath, ifExists: IfExists = .replace
    ) throws(WorkspaceError) -> Bool {
        let bytes = try read(source)
        guard source != target else { return true }
        return try write(bytes, to: target, ifExists: ifExists)
    }

    /// Writes the content of `source` to `target` and removes `source`; false when nothing was done because of
    /// `ifExists: skip`.
    @discardableResult
    public mutating func move(
        _ source: WorkspacePath, to target: WorkspacePath, ifExists: IfExists = .replace
    ) throws(WorkspaceError) -> Bool {
        guard try copy(source, to: target, ifExists: ifExists) else { return false }
        if source != target { try delete(source) }
        return true
    }

    private func keep(_ bytes: [UInt8]) throws(WorkspaceError) -> ContentHash {
        do {
            return try blobs.put(bytes)
        } catch {
            throw .blobs(error)
        }
    }

    private func joined(_ hash: ContentHash, _ bytes: [UInt8]) throws(WorkspaceError) -> FileChange.Action {
        do {
            let both = try blobs.read(hash, maxBytes: Workspace.maximumFileBytes) + bytes
            return .write(try blobs.put(both), size: Int64(both.count))
        } catch {
            throw .blobs(error)
        }
    }

    private func checkSize(_ size: Int64, of path: WorkspacePath) throws(WorkspaceError) {
        guard size <= Int64(limits.fileBytes) else {
            throw .limit(.fileBytes(path: path.rawValue, bytes: Int64(limits.fileBytes)))
        }
    }
}
