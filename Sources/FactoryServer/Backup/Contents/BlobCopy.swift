import FactoryBlobs
import FactoryDomain
import FactoryStore

/// A copy of blobs beside whoever puts and collects them.
struct BlobCopy {
    private let from: BlobStore
    private let to: BlobStore
    private var copied: Set<ContentHash> = []

    init(from: String, to: String) throws(ServerError) {
        do throws(BlobError) {
            self.from = try BlobStore(folder: from, temporaryName: { "tmp-backup" })
            self.to = try BlobStore(folder: to, temporaryName: { "tmp-backup" })
        } catch { throw ServerError(error) }
    }

    /// Copies all there are now.
    mutating func copyAll() throws(ServerError) {
        for blob in from.all() {
            // One that retention takes away meanwhile is not in the store that is copied later, or is missed there.
            do throws(BlobError) { try copy(blob) } catch {
                guard case .missing = error else { throw ServerError(error) }
            }
        }
    }

    /// Copies those of `named` that came since, lets go of all others, and reads each again.
    ///
    /// - Returns: bytes of them all.
    mutating func keepOnly(_ named: Set<ContentHash>) async throws(ServerError) -> Int64 {
        do throws(BlobError) {
            for blob in named.subtracting(copied) { try copy(blob) }
            _ = await to.collect(copied.subtracting(named)) { _ in [] }
            var bytes: Int64 = 0
            for blob in named { bytes += Int64(try to.read(blob).count) }
            return bytes
        } catch { throw ServerError(error) }
    }

    private mutating func copy(_ blob: ContentHash) throws(BlobError) { copied.insert(try to.put(try from.read(blob))) }
}

extension ServerError {
    /// What an error of blobs means to who makes or restores a backup.
    init(_ error: BlobError) {
        self = error == .diskFull ? .store(.diskFull) : .storage(reason: error.description)
    }
}
