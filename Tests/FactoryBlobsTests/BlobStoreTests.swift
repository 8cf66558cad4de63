import FactoryBlobs
import FactoryDomain
import FactoryTestKit
import Testing

@Suite("The blob store") struct BlobStoreTests {
    let folder = TemporaryFolder()

    func open() throws -> BlobStore {
        try BlobStore(folder: folder.file("blobs"), temporaryName: { "temporary" })
    }

    @Test("gives bytes back under their SHA-256, after it was opened again too")
    func roundTrip() throws {
        let hash = try open().put(Array("abc".utf8))
        // FIPS 180-2, appendix B.1.
        #expect(hash.rawValue == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(try open().read(hash) == Array("abc".utf8))
        #expect(try open().size(of: hash) == 3)
        #expect(try open().put(Array("abc".utf8)) == hash)
        #expect(folder.read("blobs/temporary") == nil)
    }

    @Test("takes the empty value")
    func empty() throws {
        let store = try open()
        #expect(try store.read(try store.put([])) == [])
    }

    @Test("says that bytes are missing")
    func missing() throws {
        let hash = BlobStore.hash(of: [1])
        #expect(throws: BlobError.missing(hash)) { try open().read(hash) }
        #expect(throws: BlobError.missing(hash)) { try open().size(of: hash) }
    }

    @Test("notices that bytes were changed behind its back")
    func damaged() throws {
        let hash = try open().put(Array("abc".utf8))
        folder.write("abd", to: "blobs/ba/\(hash.rawValue.dropFirst(2))")
        #expect(throws: BlobError.damaged(hash)) { try open().read(hash) }
    }

    @Test("gives no more bytes than asked for")
    func readLimit() throws {
        let hash = try open().put([UInt8](repeating: 7, count: 100))
        #expect(throws: BlobError.tooLarge(bytes: 100, limit: 99)) { try open().read(hash, maxBytes: 99) }
        #expect(try open().read(hash, maxBytes: 100).count == 100)
    }

    @Test("takes no more than 64 MiB")
    func writeLimit() throws {
        let bytes = [UInt8](repeating: 0, count: BlobStore.maxBytes + 1)
        #expect(throws: BlobError.tooLarge(bytes: bytes.count, limit: BlobStore.maxBytes)) { try open().put(bytes) }
    }
}
