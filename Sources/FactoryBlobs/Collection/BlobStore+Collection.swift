public import FactoryDomain
import Glibc

/// What a collection removed.
public struct BlobCollection: Sendable, Hashable {
    /// Number of blobs.
    public var blobs = 0
    /// Their bytes.
    public var bytes: Int64 = 0
    /// Nothing yet.
    public init() {}
}

extension BlobStore {
    /// Blobs that are looked up at once.
    private static let lookupSize = 256

    /// Keeps every blob that is put from now on from being collected, until the lease is let go of.
    public func lease() -> BlobLease { BlobLease(keeper) }

    /// Removes those of `candidates` that nothing names and no unsettled work has put.
    ///
    /// - Parameter named: which of some blobs a row names; asked after the collection has begun.
    public func collect<Failure: Error>(
        _ candidates: some Sequence<ContentHash>, named: ([ContentHash]) async throws(Failure) -> Set<ContentHash>
    ) async throws(Failure) -> BlobCollection {
        var collection = BlobCollection()
        let floor = keeper.begin()
        var rest = Array(candidates)[...]
        while !rest.isEmpty {
            let some = Array(rest.prefix(Self.lookupSize))
            rest = rest.dropFirst(some.count)
            let kept = try await named(some)
            for blob in some where !kept.contains(blob) { remove(blob, since: floor, &collection) }
        }
        return collection
    }

    /// Removes every blob that nothing names and no unsettled work has put.
    public func collectAll<Failure: Error>(
        named: ([ContentHash]) async throws(Failure) -> Set<ContentHash>
    ) async throws(Failure) -> BlobCollection {
        var sum = BlobCollection()
        for shelf in shelves() {
            let part = try await collect(blobs(on: shelf), named: named)
            sum.blobs += part.blobs
            sum.bytes += part.bytes
        }
        return sum
    }

    /// Bytes of all blobs.
    public func totalBytes() -> Int64 {
        shelves().reduce(0) { sum, shelf in
            blobs(on: shelf).reduce(sum) { sum, blob in sum + (bytes(of: blob) ?? 0) }
        }
    }

    /// Removes the temporary files that a crash left. Only for the one who has just taken the data folder over and
    /// puts nothing yet.
    ///
    /// - Returns: how many there were.
    @discardableResult
    public func removeLeftovers() -> Int {
        Self.names(in: folder).count { name in Self.isFile(folder + "/" + name) && unlink(folder + "/" + name) == 0 }
    }

    /// Every blob there is, by address.
    public func all() -> [ContentHash] { shelves().flatMap(blobs(on:)) }

    private func remove(_ blob: ContentHash, since floor: Int, _ collection: inout BlobCollection) {
        let path = path(of: blob)
        let bytes = bytes(of: blob) ?? 0
        guard keeper.unlessPut(blob, since: floor, { unlink(path) == 0 }) == true else { return }
        collection.blobs += 1
        collection.bytes += bytes
    }

    private func bytes(of blob: ContentHash) -> Int64? {
        var status = stat()
        guard stat(path(of: blob), &status) == 0 else { return nil }
        return Int64(status.st_size)
    }

    private func shelves() -> [String] { Self.names(in: folder).filter { $0.utf8.count == 2 }.sorted() }

    private func blobs(on shelf: String) -> [ContentHash] {
        Self.names(in: folder + "/" + shelf).filter { $0.utf8.count == 62 }.map { ContentHash(rawValue: shelf + $0) }
    }

    private static func isFile(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    private static func names(in path: String) -> [String] {
        guard let listing = opendir(path) else { return [] }
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
