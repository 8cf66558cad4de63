import FactoryAccess
import FactoryBlobs
import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryStoreSQLite
import Glibc

/// Puts a ``Backup`` in place as a data folder.
///
/// Every file is compared with what the backup says of it before anything is made, and again while it is copied. The
/// copy is brought to this program's format and checked as a whole: the store's file, every blob it names, the chain of
/// the audit log. Then it gets its name, in one step; until then nothing stands under it.
public struct Restore: Sendable {
    /// What was put in place.
    public struct Report: Sendable, Hashable {
        /// When the store was copied: `2026-01-31T09:05:00.250Z`.
        public var madeAt: String
        /// Runs in the store.
        public var runs: Int
        /// Runs of these that have not ended: whoever works on the folder next goes on with them.
        public var unfinishedRuns: Int
        /// Blobs.
        public var blobs: Int
        /// Files of workspaces.
        public var files: Int
        /// Format that the store had.
        public var storeFormat: Int
        /// Records of the audit log.
        public var auditRecords: Int64
        /// Ids of the master keys that are needed to open what is sealed.
        public var sealingKeys: [String]
        /// Whether these keys were in the backup.
        public var includesKeys: Bool
    }

    private let source: BackupFolder
    private let target: String

    /// The restoring of the backup in the folder `path` to the data folder that `configuration` names.
    ///
    /// - Throws: for a folder that is no backup of this program, is of a newer one, or is not as it was written, and for
    ///   a data folder that holds something.
    public init(_ path: String, to configuration: FactoryConfiguration) throws(ServerError) {
        target = configuration.dataFolder.trimmingSlashes()
        try Self.checkFree(target)
        source = try BackupFolder(path)
        try source.check()
    }

    /// What the backup says of itself: when it was made, and how many runs, files and blobs it holds.
    public var madeOf: (madeAt: String, runs: Int, files: Int, blobs: Int) {
        (source.note.madeAt, source.note.runs, source.count(in: "workspaces"), source.count(in: "blobs"))
    }

    /// Puts it in place.
    ///
    /// - Parameter holder: how this process names itself to another that wants the same folder.
    public func run(holder: String) async throws(ServerError) -> Report {
        try checkSpace()
        let folder = try NewFolder(target, holder: holder)
        do throws(ServerError) {
            try source.copy(to: folder.folder)
            let report = try await finish(folder.folder)
            try folder.publish()
            return report
        } catch {
            folder.discard()
            throw error
        }
    }

    private func finish(_ folder: OpenFolder) async throws(ServerError) -> Report {
        let data: DataFolder
        let found: (blobs: Set<ContentHash>, runs: Int, unfinished: Int, audit: AuditVerdict)
        do throws(StoreError) {
            data = try DataFolder(path: folder.path)
            let store = try SQLiteStore(in: data)
            try await store.checkIntegrity()
            let contents = try await store.contents()
            let audit = AuditLog(store, now: ProgramClock.now)
            found = (
                contents.blobs, contents.runs, try await store.unfinishedCount(), try await audit.verify()
            )
            try await audit.record(
                .restored, by: .commandLine, on: nil,
                [
                    "made_at": .string(source.note.madeAt), "runs": .int(Int64(found.runs)),
                    "store_format": .int(Int64(source.note.storeFormat)),
                    "includes_keys": .bool(source.note.includesKeys),
                ])
            try await store.moveWorkspaces(
                from: source.note.dataFolder + "/workspaces", to: Self.place(of: target) + "/workspaces")
            try await store.gather()
            try store.close()
        } catch { throw .store(error) }
        try folder.removeStoreCompanions()
        guard found.runs == source.note.runs else {
            throw Self.damaged("its store holds \(found.runs) runs and not \(source.note.runs)")
        }
        guard case .whole(let records, _) = found.audit else {
            throw Self.damaged("its audit log is not as it was written; `factory audit --verify` says where")
        }
        do throws(BlobError) {
            let blobs = try BlobStore(folder: data.blobsPath, temporaryName: { "tmp-restore" })
            for blob in found.blobs { _ = try blobs.read(blob) }
        } catch { throw ServerError(error) }
        try source.compare(with: folder, below: "workspaces/")
        return Report(
            madeAt: source.note.madeAt, runs: found.runs, unfinishedRuns: found.unfinished, blobs: found.blobs.count,
            files: source.count(in: "workspaces"), storeFormat: source.note.storeFormat, auditRecords: records,
            sealingKeys: source.note.sealingKeys, includesKeys: source.note.includesKeys)
    }

    /// Refuses a folder in which something is.
    private static func checkFree(_ path: String) throws(ServerError) {
        guard !path.isEmpty else { throw .refused("the data folder has no name") }
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw .storage(reason: "\(path) is no folder: name another with --data")
        }
        let found = try OpenFolder(path).entries().entries.map(\.name)
        guard !found.isEmpty else { return }
        if found.contains("lock") {
            do throws(StoreError) { _ = try DataFolder(path: path).lock(as: "factory restore") } catch {
                throw .store(error)
            }
        }
        let what = found.contains("factory.sqlite") ? "holds a store" : "is not empty"
        throw .storage(
            reason: "\(path) \(what): nothing is replaced; move it away, or name another folder with --data")
    }

    private func checkSpace() throws(ServerError) {
        var space = statvfs()
        let parent = NewFolder.parent(of: target)
        // A folder that is yet to be made is on the disk of what there is of the way to it; there is no need to guess.
        guard statvfs(parent, &space) == 0 else { return }
        let free = UInt64(space.f_bavail) * UInt64(space.f_frsize)
        guard free >= UInt64(clamping: source.note.bytes) else {
            throw .storage(
                reason: "the backup takes \(source.note.bytes) bytes, and \(parent) has room for \(free): make some")
        }
    }

    /// The path that the folder will have, without links in it.
    private static func place(of path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let parent = NewFolder.parent(of: path).resolved
        return parent == "/" ? "/" + name : parent + "/" + name
    }

    static func damaged(_ what: String) -> ServerError {
        .storage(reason: "the backup is not as it was written: \(what)")
    }
}
