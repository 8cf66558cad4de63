import FactoryDomain
import FactoryTestKit
import Synchronization
import Testing

@testable import FactoryBlobs

@Suite("A collection of blobs") struct BlobCollectionTests {
    let folder = TemporaryFolder()
    let blobs: BlobStore

    init() throws {
        let names = Mutex(0)
        blobs = try BlobStore(
            folder: folder.file("blobs"),
            temporaryName: {
                let number = names.withLock { number in
                    number += 1
                    return number
                }
                return "tmp-\(number)"
            })
    }

    func nothing(_ blobs: [ContentHash]) -> Set<ContentHash> { [] }

    @Test("removes what nothing names and keeps what something does")
    func removes() async throws {
        let (kept, gone) = (try blobs.put([1]), try blobs.put([2, 2]))
        let collection = await blobs.collectAll { _ in [kept] }
        #expect(collection.blobs == 1)
        #expect(collection.bytes == 2)
        #expect(blobs.all() == [kept])
        #expect(throws: BlobError.missing(gone)) { try blobs.read(gone) }
        #expect(blobs.totalBytes() == 1)
    }

    @Test("looks at the named candidates alone")
    func candidates() async throws {
        let (other, gone) = (try blobs.put([1]), try blobs.put([2]))
        #expect(await blobs.collect([gone], named: nothing).blobs == 1)
        #expect(blobs.all() == [other])
    }

    @Test("leaves what unsettled work has put, until that work lets go of it")
    func lease() async throws {
        var lease: BlobLease? = blobs.lease()
        let blob = try blobs.put([1])
        #expect(await blobs.collectAll(named: nothing).blobs == 0)
        withExtendedLifetime(lease) {}
        lease = nil
        #expect(await blobs.collectAll(named: nothing).blobs == 1)
        #expect(throws: BlobError.missing(blob)) { try blobs.read(blob) }
    }

    @Test("leaves a blob that stood there before the work which puts it again began")
    func putAgain() async throws {
        let blob = try blobs.put([1])
        let lease = blobs.lease()
        #expect(try blobs.put([1]) == blob)
        #expect(await blobs.collectAll(named: nothing).blobs == 0)
        withExtendedLifetime(lease) {}
        #expect(try blobs.read(blob) == [1])
    }

    @Test("leaves what is put between the look at the store and the removal, even by work that is over by then")
    func race() async throws {
        let (old, raced) = (try blobs.put([1]), try blobs.put([2]))
        let collection = await blobs.collectAll { some in
            if some.contains(raced) {
                // The store has answered; now somebody puts the blob, names it, and lets go of it.
                let lease = blobs.lease()
                _ = try? blobs.put([2])
                withExtendedLifetime(lease) {}
            }
            return []
        }
        #expect(collection.blobs == 1)
        #expect(blobs.all() == [raced])
        #expect(old != raced)
    }

    @Test("leaves what an older piece of work has put, however many have come and gone since")
    func longWork() async throws {
        let long = blobs.lease()
        let blob = try blobs.put([1])
        for byte in 0..<10 {
            let short = blobs.lease()
            _ = try blobs.put([UInt8(byte), 7])
            withExtendedLifetime(short) {}
        }
        #expect(await blobs.collectAll(named: nothing).blobs == 0)
        #expect(try blobs.read(blob) == [1])
        withExtendedLifetime(long) {}
    }

    @Test("is not paid for with memory: what is settled is forgotten")
    func forgets() throws {
        for number in 0..<5_000 {
            let lease = blobs.lease()
            blobs.keeper.note(BlobStore.hash(of: Array("\(number)".utf8)))
            withExtendedLifetime(lease) {}
        }
        #expect(blobs.keeper.count <= 1_024)
    }

    @Test("finds the temporary files that a crash left, and leaves the blobs")
    func leftovers() throws {
        let blob = try blobs.put([1])
        folder.write("half", to: "blobs/tmp-att_1")
        folder.write("half", to: "blobs/tmp-att_2")
        #expect(blobs.removeLeftovers() == 2)
        #expect(folder.read("blobs/tmp-att_1") == nil)
        #expect(try blobs.read(blob) == [1])
        #expect(blobs.removeLeftovers() == 0)
    }
}
