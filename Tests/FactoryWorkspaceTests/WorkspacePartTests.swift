import FactoryBlobs
import Testing

@testable import FactoryWorkspace

@Suite("A file that comes in pieces") struct WorkspacePartTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ text: String, at offset: Int64, to part: PartFile) throws {
        try text.utf8.withContiguousStorageIfAvailable { try part.write(UnsafeRawBufferPointer($0), at: offset) }
    }

    private func workspace(_ resolution: Workspace.Resolution = .automatic) throws -> Workspace {
        try folder.workspace(.managed, resolution: resolution)
    }

    @Test("is shown by no list, and stands at its path at once", arguments: [Workspace.Resolution.automatic, .components])
    func placed(_ resolution: Workspace.Resolution) throws {
        let workspace = try workspace(resolution)
        #expect(try workspace.partBytes("one") == nil)
        try write("first ", at: 0, to: try workspace.part("one", rest: 11))
        #expect(try workspace.partBytes("one") == 6)
        let again = try workspace.part("one", rest: 5)
        #expect(again.bytes == 6)
        try write("piece", at: 6, to: again)
        try again.sync()
        #expect(try workspace.list(nil, recursive: true).entries.isEmpty)
        #expect(try workspace.usedBytes() == 0)
        let path = try WorkspacePath("deep/er/file")
        try workspace.place(part: "one", at: path, isReplacing: false)
        #expect(try workspace.read(path).text == "first piece")
        #expect(try workspace.partBytes("one") == nil)
        #expect(try workspace.usedBytes() == 11)
    }

    @Test("replaces a file only where that is wanted, and keeps its permissions")
    func replaced() throws {
        try folder.put("old", at: "file")
        let workspace = try workspace()
        try write("new", at: 0, to: try workspace.part("one", rest: 3))
        let path = try WorkspacePath("file")
        let error = try workspaceError { try workspace.place(part: "one", at: path, isReplacing: false) }
        guard case .exists = error else { throw error }
        #expect(folder.text(at: "file") == "old")
        try workspace.place(part: "one", at: path, isReplacing: true)
        #expect(folder.text(at: "file") == "new")
    }

    @Test("is refused where the volume has no room for the rest of it")
    func diskFull() throws {
        let workspace = try Workspace(
            root: folder.path + "/work", kind: .managed, floor: FreeSpaceFloor(bytes: .max / 2, share: 0, both: false))
        let error = try workspaceError { _ = try workspace.part("one", rest: 1) }
        guard case .diskFull = error else { throw error }
        #expect(try folder.names().isEmpty)
    }

    @Test("is removed, also when it is not there")
    func removed() throws {
        let workspace = try workspace()
        _ = try workspace.part("one", rest: 0)
        try workspace.removePart("one")
        try workspace.removePart("one")
        #expect(try folder.names().isEmpty)
    }
}

@Suite("A reader of a file") struct FileReaderTests {
    @Test("gives what is at a place, and goes on with the file it opened when another takes its place")
    func pieces() throws {
        let folder = try TemporaryFolder()
        try folder.put("0123456789", at: "file")
        let workspace = try folder.workspace(.managed)
        let path = try WorkspacePath("file")
        let reader = try workspace.reader(of: path)
        #expect(reader.status.size == 10)
        try workspace.write([UInt8]("other"), to: path, token: "t")
        #expect(try reader.read(at: 3, 4).text == "3456")
        #expect(try reader.read(at: 8, 10).text == "89")
        #expect(try reader.read(at: 10, 1).isEmpty)
        #expect(try reader.hash() == BlobStore.hash(of: [UInt8]("0123456789")))
        #expect(try workspace.reader(of: path).mark != reader.mark)
    }

    @Test("finds no content too large for a hash")
    func largeHash() throws {
        let folder = try TemporaryFolder()
        let text = String(repeating: "x", count: Workspace.maximumFileBytes + 1)
        try folder.put(text, at: "large")
        #expect(
            try folder.workspace(.managed).hash(of: WorkspacePath("large")) == BlobStore.hash(of: [UInt8](text)))
    }
}
