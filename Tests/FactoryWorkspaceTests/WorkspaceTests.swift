import FactoryDomain
import Foundation
import Testing

@testable import FactoryWorkspace

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("A workspace") struct WorkspaceTests {
    static let ways: [Workspace.Resolution] = [.automatic, .components]

    @Test("reads, writes and deletes the files in it", arguments: ways)
    func works(_ way: Workspace.Resolution) throws {
        let folder = try TemporaryFolder()
        let workspace = try folder.workspace(resolution: way)
        let path = try WorkspacePath("a/b/c.txt")
        #expect(try workspace.status(of: path) == nil)
        try workspace.write([UInt8]("one"), to: path, token: "t")
        #expect(folder.text(at: "a/b/c.txt") == "one")
        #expect(try workspace.read(path).text == "one")
        #expect(try workspace.status(of: path)?.size == 3)
        try workspace.delete(path)
        try workspace.delete(path)
        #expect(folder.text(at: "a/b/c.txt") == nil)
    }

    @Test("gives new files 0600 and keeps the mode of replaced ones, without setuid")
    func modes() throws {
        let folder = try TemporaryFolder()
        let workspace = try folder.workspace()
        func mode(_ name: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: "\(folder.path)/work/\(name)")[.posixPermissions] as? Int
        }
        try folder.put("#!", at: "run.sh")
        chmod(folder.path + "/work/run.sh", 0o4755)
        #expect(try mode("run.sh") == 0o4755)
        try workspace.write([UInt8]("#!/bin/sh"), to: WorkspacePath("run.sh"), token: "t")
        try workspace.write([UInt8]("x"), to: WorkspacePath("new"), token: "t")
        #expect(try mode("run.sh") == 0o755)
        #expect(try mode("new") == 0o600)
    }

    @Test("follows no symbolic link, neither at the end nor on the way", arguments: ways)
    func symbolicLinks(_ way: Workspace.Resolution) throws {
        let folder = try TemporaryFolder()
        let workspace = try folder.workspace(resolution: way)
        try Data("secret".utf8).write(to: URL(fileURLWithPath: folder.path + "/outside.txt"))
        symlink(folder.path + "/outside.txt", folder.path + "/work/link")
        symlink(folder.path, folder.path + "/work/up")
        symlink("real.txt", folder.path + "/work/near")
        try folder.put("inside", at: "real.txt")
        #expect(folder.text(at: "link") == "secret" && folder.text(at: "up/outside.txt") == "secret")

        for name in ["link", "up/outside.txt", "near"] {
            let path = try WorkspacePath(name)
            let reading = try workspaceError { _ = try workspace.read(path) }
            guard case .denied(_, .symbolicLink) = reading else {
                Issue.record("\(name): \(reading)")
                continue
            }
            let writing = try workspaceError { try workspace.write([1], to: path, token: "t") }
            guard case .denied(_, .symbolicLink) = writing else {
                Issue.record("\(name): \(writing)")
                continue
            }
            _ = try workspaceError { try workspace.delete(path) }
        }
        #expect(try workspace.read(WorkspacePath("real.txt")).text == "inside")
        #expect(try String(contentsOfFile: folder.path + "/outside.txt", encoding: .utf8) == "secret")
    }

    @Test("does not leave its folder even when the checks of the path are passed by", arguments: ways)
    func parents(_ way: Workspace.Resolution) throws {
        let folder = try TemporaryFolder()
        try Data("secret".utf8).write(to: URL(fileURLWithPath: folder.path + "/outside.txt"))
        try folder.put("inside", at: "in/side.txt")
        let workspace = try folder.workspace(resolution: way)
        for path in ["../outside.txt", "in/../../outside.txt", folder.path + "/outside.txt"] {
            let error = try workspaceError {
                _ = try workspace.openBeneath(workspace.root, path, flags: O_RDONLY, shown: path)
            }
            guard case .denied(_, .mountPoint) = error else {
                Issue.record("\(path): \(error)")
                continue
            }
        }
        let control = try workspace.openBeneath(workspace.root, "in/side.txt", flags: O_RDONLY, shown: "control")
        #expect(control.number >= 0)
    }

    @Test("refuses a FIFO without waiting for its other end", arguments: ways)
    func fifo(_ way: Workspace.Resolution) throws {
        let folder = try TemporaryFolder()
        let workspace = try folder.workspace(resolution: way)
        #expect(mkfifo(folder.path + "/work/pipe", 0o600) == 0)
        let error = try workspaceError { _ = try workspace.read(WorkspacePath("pipe")) }
        guard case .denied(_, .specialFile) = error else {
            Issue.record("\(error)")
            return
        }
        _ = try workspaceError { try workspace.write([1], to: WorkspacePath("pipe"), token: "t") }
    }

    @Test("refuses hard links where the server manages it, and to replace them anywhere")
    func hardLinks() throws {
        let folder = try TemporaryFolder()
        try Data("shared".utf8).write(to: URL(fileURLWithPath: folder.path + "/other"))
        #expect(link(folder.path + "/other", folder.path + "/work/linked") == 0)
        let path = try WorkspacePath("linked")
        let error = try workspaceError { _ = try folder.workspace(.managed).read(path) }
        guard case .denied(_, .hardLink) = error else {
            Issue.record("\(error)")
            return
        }
        let personal = try folder.workspace(.personal)
        #expect(try personal.read(path).text == "shared")
        let writing = try workspaceError { try personal.write([1], to: path, token: "t") }
        guard case .denied(_, .hardLink) = writing else {
            Issue.record("\(writing)")
            return
        }
        unlink(folder.path + "/other")
        #expect(try folder.workspace(.managed).read(path).text == "shared")
        try personal.write([UInt8]("mine"), to: path, token: "t")
        #expect(folder.text(at: "linked") == "mine")
    }

    @Test("reads a file of exactly the limit and none above it")
    func readLimit() throws {
        let folder = try TemporaryFolder()
        let workspace = try folder.workspace()
        try folder.put("12345678", at: "eight")
        #expect(try workspace.read(WorkspacePath("eight"), maxBytes: 8).count == 8)
        let error = try workspaceError { _ = try workspace.read(WorkspacePath("eight"), maxBytes: 7) }
        guard case .limit(.fileBytes(_, bytes: 7)) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test("writes nothing when the volume would fall below its floor")
    func freeSpace() throws {
        let folder = try TemporaryFolder()
        let full = try Workspace(
            root: folder.path + "/work", kind: .personal, floor: FreeSpaceFloor(bytes: .max, share: 1, both: false))
        let error = try workspaceError { try full.write([1], to: WorkspacePath("a"), token: "t") }
        guard case .diskFull = error else {
            Issue.record("\(error)")
            return
        }
        #expect(try folder.names().isEmpty)
        #expect(FreeSpaceFloor.server.bytes(ofTotal: 100 << 30) == 5 << 30)
        #expect(FreeSpaceFloor.person.bytes(ofTotal: 100 << 30) == 1 << 30)
        #expect(FreeSpaceFloor.person.bytes(ofTotal: 1 << 30) < 1 << 26)
    }

    @Test("does not replace a file that must not be there")
    func onlyIfAbsent() throws {
        let folder = try TemporaryFolder()
        let workspace = try folder.workspace()
        try workspace.write([UInt8]("one"), to: WorkspacePath("a"), onlyIfAbsent: true, token: "t")
        let error = try workspaceError {
            try workspace.write([UInt8]("two"), to: WorkspacePath("a"), onlyIfAbsent: true, token: "t")
        }
        guard case .exists = error else {
            Issue.record("\(error)")
            return
        }
        #expect(folder.text(at: "a") == "one")
        #expect(try folder.names() == ["a"])
    }

    @Test("clears away what an interrupted write left behind")
    func leftovers() throws {
        let folder = try TemporaryFolder()
        let workspace = try folder.workspace()
        try folder.put("half", at: ".factory-part-t")
        #expect(try workspace.list(nil, recursive: true).entries.isEmpty)
        try workspace.write([UInt8]("whole"), to: WorkspacePath("a"), token: "t")
        #expect(try folder.names() == ["a"])
    }

    @Test("lists files and folders, and names what it refuses")
    func lists() throws {
        let folder = try TemporaryFolder()
        let workspace = try folder.workspace()
        try folder.put("1", at: "b/c.txt")
        try folder.put("22", at: "a.txt")
        try folder.put("3", at: ".git/config")
        symlink("/etc", folder.path + "/work/etc")
        let flat = try workspace.list(nil, recursive: false)
        #expect(flat.entries.map(\.path.rawValue) == [".git", "a.txt", "b"])
        #expect(flat.entries.map(\.status.size) == [0, 2, 0])
        #expect(flat.refused.map(\.name) == ["\"etc\""])
        let deep = try workspace.list(nil, recursive: true, excluding: [".git"])
        #expect(deep.entries.map(\.path.rawValue) == ["a.txt", "b", "b/c.txt"])
    }

    @Test("lists no more than its limit")
    func listLimit() throws {
        let folder = try TemporaryFolder()
        let workspace = try folder.workspace()
        for name in ["a", "b/c", "b/d"] { try folder.put("1", at: name) }
        #expect(try workspace.list(nil, recursive: true, limit: 4).entries.count == 4)
        for limit in 0...3 {
            guard
                case .limit(.entries) = try workspaceError({
                    _ = try workspace.list(nil, recursive: true, limit: limit)
                })
            else {
                Issue.record("no limit at \(limit)")
                continue
            }
        }
    }

    @Test(
        "crosses no mount point", .enabled(if: FileManager.default.fileExists(atPath: "/proc/version")), arguments: ways
    )
    func mountPoints(_ way: Workspace.Resolution) throws {
        let root = try Workspace(root: "/", kind: .personal, resolution: way)
        let error = try workspaceError { _ = try root.read(WorkspacePath("proc/version")) }
        guard case .denied(_, .mountPoint) = error else {
            Issue.record("\(error)")
            return
        }
        let proc = try Workspace(root: "/proc", kind: .personal, resolution: way)
        #expect(try !proc.read(WorkspacePath("version")).isEmpty)
    }

    @Test("says in words which path it has not, without a path of the host")
    func messages() throws {
        let folder = try TemporaryFolder()
        let workspace = try folder.workspace()
        let error = try workspaceError { _ = try workspace.read(WorkspacePath("no/such.txt")) }
        #expect(error.description == "There is no file \"no/such.txt\" in the workspace.")
        #expect(!error.description.contains(folder.path))
        let root = try workspaceError { _ = try Workspace(root: folder.path + "/none", kind: .personal) }
        #expect(root.description == "The folder of the workspace does not exist.")
    }
}
