import FactoryBlobs
import FactoryDomain
import Testing

@testable import FactoryWorkspace

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("A workspace view") struct WorkspaceViewTests {
    @Test("shows the attempt its own writes and leaves the workspace alone")
    func ownWrites() throws {
        let folder = try TemporaryFolder()
        try folder.put("old", at: "a.txt")
        var view = try WorkspaceView(workspace: folder.workspace(), blobs: folder.blobs)
        let (a, b) = (try WorkspacePath("a.txt"), try WorkspacePath("sub/b.txt"))
        try view.write([UInt8]("new"), to: a)
        try view.append([UInt8]("1"), to: b)
        try view.append([UInt8]("2"), to: b)
        #expect(try view.read(a).text == "new")
        #expect(try view.read(b).text == "12")
        #expect(try view.status(of: WorkspacePath("sub"))?.kind == .folder)
        #expect(try folder.names() == ["a.txt"])
        #expect(folder.text(at: "a.txt") == "old")
        #expect(
            view.changes == [
                FileChange(
                    path: "a.txt", action: .write(BlobStore.hash(of: [UInt8]("new")), size: 3),
                    base: BlobStore.hash(of: [UInt8]("old"))),
                FileChange(
                    path: "sub/b.txt", action: .append(BlobStore.hash(of: [UInt8]("12")), size: 2), base: nil),
            ])
    }

    @Test("shows what was settled before the attempt, and keeps its base")
    func settled() throws {
        let folder = try TemporaryFolder()
        try folder.put("zero\n", at: "log")
        let log = try WorkspacePath("log")
        var first = try WorkspaceView(workspace: folder.workspace(), blobs: folder.blobs)
        try first.append([UInt8]("one\n"), to: log)
        try folder.put("edited by hand\n", at: "log")
        var second = try WorkspaceView(workspace: folder.workspace(), blobs: folder.blobs, settled: first.changes)
        #expect(try second.read(log).text == "zero\none\n")
        try second.append([UInt8]("two\n"), to: log)
        #expect(second.changes.first?.base == BlobStore.hash(of: [UInt8]("zero\n")))
        let third = try WorkspaceView(
            workspace: folder.workspace(), blobs: folder.blobs, settled: first.changes + second.changes)
        #expect(try third.status(of: log)?.size == 13)
    }

    @Test("rests a write on what the attempt read, not on what stands there by then")
    func baseOfRead() throws {
        let folder = try TemporaryFolder()
        try folder.put("read", at: "a")
        var view = try WorkspaceView(workspace: folder.workspace(), blobs: folder.blobs)
        _ = try view.read(WorkspacePath("a"))
        try folder.put("meanwhile", at: "a")
        try view.write([UInt8]("new"), to: WorkspacePath("a"))
        #expect(view.changes.first?.base == BlobStore.hash(of: [UInt8]("read")))
    }

    @Test("skips or refuses existing files when asked to")
    func ifExists() throws {
        let folder = try TemporaryFolder()
        try folder.put("old", at: "a")
        let a = try WorkspacePath("a")
        var view = try WorkspaceView(workspace: folder.workspace(), blobs: folder.blobs)
        #expect(try !view.write([1], to: a, ifExists: .skip))
        let error = try workspaceError { try view.write([1], to: a, ifExists: .fail) }
        guard case .exists = error else {
            Issue.record("\(error)")
            return
        }
        #expect(view.changes.isEmpty)
        #expect(try view.write([1], to: WorkspacePath("b"), ifExists: .fail))
    }

    @Test("forgets a file that was made and deleted by the same attempt")
    func madeAndDeleted() throws {
        let folder = try TemporaryFolder()
        var view = try WorkspaceView(workspace: folder.workspace(), blobs: folder.blobs)
        try view.write([1], to: WorkspacePath("a"))
        try view.write([2], to: WorkspacePath("b"))
        try view.delete(WorkspacePath("a"))
        #expect(view.changes.map(\.path) == ["b"])
        try view.append([3], to: WorkspacePath("b"))
        #expect(try view.read(WorkspacePath("b")) == [2, 3])
    }

    @Test("moves and copies, also onto itself")
    func moves() throws {
        let folder = try TemporaryFolder()
        try folder.put("x", at: "a")
        let (a, b, c) = (try WorkspacePath("a"), try WorkspacePath("b"), try WorkspacePath("c"))
        var view = try WorkspaceView(workspace: folder.workspace(), blobs: folder.blobs)
        try view.move(a, to: a)
        #expect(view.changes.isEmpty)
        try view.copy(a, to: b)
        try view.move(a, to: c)
        #expect(try view.readIfPresent(a) == nil)
        #expect(try view.read(b).text == "x" && view.read(c).text == "x")
    }

    @Test("refuses a file where a folder stands, and a folder where a file stands")
    func kinds() throws {
        let folder = try TemporaryFolder()
        try folder.put("x", at: "dir/file")
        var view = try WorkspaceView(workspace: folder.workspace(), blobs: folder.blobs)
        let cases: [(String, Bool)] = [("dir", true), ("dir/file/below", false), ("new/a", true), ("b/c", false)]
        try view.write([1], to: WorkspacePath("new/a/deep"))
        try view.write([1], to: WorkspacePath("b"))
        for (path, isFolder) in cases {
            let error = try workspaceError { try view.write([1], to: WorkspacePath(path)) }
            switch error {
            case .isFolder: #expect(isFolder, "\(path)")
            case .notFolder(let file): #expect(!isFolder && (file == "dir/file" || file == "b"), "\(path) \(file)")
            default: Issue.record("\(path): \(error)")
            }
        }
    }

    @Test("lists the workspace as the run left it")
    func lists() throws {
        let folder = try TemporaryFolder()
        for name in ["a.md", "b.md", "sub/c.md", "sub/d.txt"] { try folder.put("1", at: name) }
        var view = try WorkspaceView(workspace: folder.workspace(), blobs: folder.blobs)
        try view.delete(WorkspacePath("a.md"))
        try view.write([UInt8]("new"), to: WorkspacePath("b.md"))
        try view.write([UInt8]("new"), to: WorkspacePath("far/away/e.md"))
        let all = try view.list(matching: PathPattern("**/*.md"))
        #expect(all.entries.map(\.path.rawValue) == ["b.md", "far/away/e.md", "sub/c.md"])
        #expect(all.entries.map(\.status.size) == [3, 3, 1])
        #expect(try view.list().entries.map(\.path.rawValue) == ["b.md", "far", "sub"])
        #expect(try view.list(WorkspacePath("far")).entries.map(\.path.rawValue) == ["far/away"])
        #expect(try view.list(WorkspacePath("sub"), matching: PathPattern("*.txt")).entries.count == 1)
        #expect(try view.allFiles().entries.count == 4)
        let error = try workspaceError { _ = try view.list(WorkspacePath("nowhere")) }
        guard case .notFound = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test("walks only where a pattern can match, and into .git only when told")
    func walks() throws {
        let folder = try TemporaryFolder()
        for name in ["src/a.py", "src/x/b.py", "other/c.py", ".git/d.py"] { try folder.put("1", at: name) }
        #expect(symlink("/etc", folder.path + "/work/other/link") == 0)
        let view = try WorkspaceView(workspace: folder.workspace(), blobs: folder.blobs)
        func paths(_ pattern: String, in folder: String? = nil) throws -> [String] {
            try view.list(folder.map { try WorkspacePath($0) }, matching: PathPattern(pattern)).entries
                .map(\.path.rawValue)
        }
        #expect(try paths("**/*.py") == ["other/c.py", "src/a.py", "src/x/b.py"])
        #expect(try paths(".git/*.py") == [".git/d.py"])
        #expect(try paths("x/*.py", in: "src") == ["src/x/b.py"])
        #expect(try paths("nowhere/*.py") == [])
        #expect(try view.list(matching: PathPattern("src/**")).refused.isEmpty)
        #expect(try !view.list(matching: PathPattern("**")).refused.isEmpty)
        guard case .notFound = try workspaceError({ _ = try paths("a/*", in: "nowhere") }) else {
            Issue.record("a folder that is not there")
            return
        }
    }

    @Test("takes no more than its limits")
    func limits() throws {
        let folder = try TemporaryFolder()
        let limits = ViewLimits(fileBytes: 4, stagedBytes: 6, stagedFiles: 2)
        func view() throws -> WorkspaceView {
            try WorkspaceView(workspace: folder.workspace(), blobs: folder.blobs, limits: limits)
        }
        var file = try view()
        try file.append([1, 2, 3, 4], to: WorkspacePath("a"))
        guard case .limit(.fileBytes) = try workspaceError({ try file.append([5], to: WorkspacePath("a")) }) else {
            Issue.record("file bytes")
            return
        }
        var bytes = try view()
        try bytes.write([1, 2, 3], to: WorkspacePath("a"))
        try bytes.write([1, 2, 3], to: WorkspacePath("b"))
        try bytes.write([4, 5, 6], to: WorkspacePath("b"))
        guard case .limit(.stagedBytes) = try workspaceError({ try bytes.write([1, 2, 3, 4], to: WorkspacePath("b")) })
        else {
            Issue.record("staged bytes")
            return
        }
        var files = try view()
        try files.write([1], to: WorkspacePath("a"))
        try files.write([1], to: WorkspacePath("b"))
        guard case .limit(.stagedFiles) = try workspaceError({ try files.write([1], to: WorkspacePath("c")) }) else {
            Issue.record("staged files")
            return
        }
    }
}
