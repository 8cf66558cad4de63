import FactoryBlobs
import FactoryDomain
import FactoryStore
import FactoryStoreSQLite
import Glibc

/// A copy of an installation's store and blobs, made beside whoever works with them: a data folder of its own.
///
/// Blobs are copied first and last: first all there are, so that retention cannot take away one that the copied store
/// names, then those that came while the store was copied. The folder gets its name when everything in it is checked.
public struct Backup: Sendable {
    /// What was copied.
    public struct Report: Sendable, Hashable {
        /// Runs in the copy.
        public var runs: Int
        /// Blobs in the copy.
        public var blobs: Int
        /// Bytes of these blobs.
        public var blobBytes: Int64
    }

    private let source: DataFolder
    private let store: SQLiteStore

    /// A backup of the installation that `configuration` describes.
    public init(_ configuration: FactoryConfiguration) throws(ServerError) {
        guard let folder = DataFolder(holdingStoreAt: configuration.dataFolder) else {
            throw .store(.notFound(kind: "store", id: "in the data folder"))
        }
        source = folder
        do throws(StoreError) { store = try SQLiteStore(in: folder, access: .reading) } catch { throw .store(error) }
    }

    /// Makes the backup in the new folder `path`.
    public func make(at path: String) async throws(ServerError) -> Report {
        guard !path.isEmpty else { throw .storage(reason: "the backup needs the name of a new folder") }
        var status = stat()
        guard lstat(path, &status) != 0 else { throw .storage(reason: "\(path) is there already; name a new folder") }
        let partial = path + ".partial"
        guard lstat(partial, &status) != 0 else {
            throw .storage(reason: "\(partial) is there, left by a backup that did not end; remove it first")
        }
        do {
            let report = try await fill(try DataFolder(path: partial))
            guard rename(partial, path) == 0 else {
                throw ServerError.storage(reason: "the backup cannot get its name: \(String(cString: strerror(errno)))")
            }
            return report
        } catch let error as StoreError {
            throw .store(error)
        } catch let error as BlobError {
            throw error == .diskFull ? .store(.diskFull) : .storage(reason: error.description)
        } catch let error as ServerError {
            throw error
        } catch {
            throw .storage(reason: String(describing: error))
        }
    }

    private func fill(_ target: DataFolder) async throws -> Report {
        let from = try BlobStore(folder: source.blobsPath, temporaryName: { "tmp-backup" })
        let to = try BlobStore(folder: target.blobsPath, temporaryName: { "tmp-backup" })
        var copied: Set<ContentHash> = []
        for blob in from.all() {
            // One that retention takes away meanwhile is not in the store that is copied later, or is missed there.
            do throws(BlobError) { copied.insert(try to.put(try from.read(blob))) } catch {
                guard case .missing = error else { throw error }
            }
        }
        let (named, runs) = try await store.backUp(to: target)
        for blob in named.subtracting(copied) { copied.insert(try to.put(try from.read(blob))) }
        _ = await to.collect(copied.subtracting(named)) { _ in [] }
        var bytes: Int64 = 0
        // What was written is read again: a backup is worth what can be read of it.
        for blob in named { bytes += Int64(try to.read(blob).count) }
        return Report(runs: runs, blobs: named.count, blobBytes: bytes)
    }
}
