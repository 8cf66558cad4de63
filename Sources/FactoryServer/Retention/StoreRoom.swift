import FactoryBlobs
public import FactoryDomain
public import FactoryEngine
public import FactoryStore
import FactoryStoreSQLite

/// The data folder with its store and blobs, held by this process; nothing runs in it.
public final class StoreRoom: Sendable {
    let store: SQLiteStore
    let blobs: BlobStore
    let lock: DataFolder.Lock
    /// What others on this machine could reach of the folder until now, a sentence each.
    public let wasExposed: [String]

    private init(store: SQLiteStore, blobs: BlobStore, lock: DataFolder.Lock, wasExposed: [String]) {
        self.store = store
        self.blobs = blobs
        self.lock = lock
        self.wasExposed = wasExposed
    }

    /// Takes the data folder that `configuration` names, takes it from others, and clears away what a crash left half
    /// written.
    ///
    /// - Parameter holder: how this process names itself to another that finds the data folder in use.
    public static func open(
        _ configuration: FactoryConfiguration, holder: String, ids: IDGenerator = IDGenerator(now: ProgramClock.now)
    ) throws(ServerError) -> StoreRoom {
        let folder: DataFolder
        let lock: DataFolder.Lock
        let store: SQLiteStore
        let exposures: [DataFolder.Exposure]
        do throws(StoreError) {
            folder = try DataFolder(path: configuration.dataFolder)
            exposures = try folder.takeFromOthers()
            lock = try folder.lock(as: holder)
            store = try SQLiteStore(in: folder)
        } catch { throw .store(error) }
        do throws(BlobError) {
            let blobs = try BlobStore(
                folder: folder.blobsPath, temporaryName: { "tmp-\(ids.make(Attempt.self))" })
            blobs.removeLeftovers()
            return StoreRoom(
                store: store, blobs: blobs, lock: lock,
                wasExposed: exposures.map { "\($0.description), and no longer can" })
        } catch { throw .storage(reason: error.description) }
    }

    /// Lets go of the ended runs that `policy` no longer keeps, and of the blobs that nothing names.
    public func prune(_ policy: RetentionPolicy) async throws(ServerError) -> SweepReport {
        do throws(StoreError) { return try await sweep(policy).run(thorough: true) } catch { throw .store(error) }
    }

    /// What ``prune(_:)`` would do, bytes by estimate. Changes nothing.
    public func previewPrune(_ policy: RetentionPolicy) async throws(ServerError) -> SweepReport {
        do throws(StoreError) { return try await sweep(policy).preview() } catch { throw .store(error) }
    }

    private func sweep(_ policy: RetentionPolicy) -> Sweep {
        Sweep(store: store, blobs: blobs, policy: policy, now: ProgramClock.now)
    }
}
