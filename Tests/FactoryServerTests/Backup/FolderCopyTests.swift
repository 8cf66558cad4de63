import FactoryBlobs
import FactoryDomain
import FactoryStore
import FactoryTestKit
import Glibc
import Testing

@testable import FactoryServer

@Suite("A copy of a tree that changes") struct FolderCopyTests {
    let from = TemporaryFolder()
    let to = TemporaryFolder()

    func copy() throws -> FolderCopy { FolderCopy(from: try OpenFolder(from.path), to: try OpenFolder(to.path)) }

    @Test("holds every file with its address, mode and time, and finds nothing to do while nothing changes")
    func first() throws {
        from.write("one", to: "a.txt")
        from.write("two", to: "deep/er/b.txt")
        chmod(from.file("a.txt"), 0o640)
        mkdir(from.file("empty"), 0o700)
        var copy = try copy()
        #expect(try copy.pass())
        #expect(try !copy.pass())
        #expect(copy.files.mapValues(\.bytes) == ["a.txt": 3, "deep/er/b.txt": 3])
        #expect(copy.files["a.txt"]?.hash == BlobStore.hash(of: Array("one".utf8)))
        #expect(copy.emptyFolders == ["empty"])
        #expect(to.read("deep/er/b.txt") == "two")
        #expect(to.mode("a.txt") == 0o640)
        var (old, new) = (stat(), stat())
        stat(from.file("a.txt"), &old)
        stat(to.file("a.txt"), &new)
        #expect(old.st_mtim.tv_nsec == new.st_mtim.tv_nsec)
    }

    @Test("takes over what was replaced, came or went since, also another kind of thing of the same name")
    func again() throws {
        from.write("one", to: "a.txt")
        from.write("x", to: "gone/x.txt")
        from.write("y", to: "becomes-file/y.txt")
        from.write("z", to: "becomes-folder")
        var copy = try copy()
        #expect(try copy.pass())
        from.write("two", to: "new.txt")
        rename(from.file("new.txt"), from.file("a.txt"))
        unlink(from.file("gone/x.txt"))
        rmdir(from.file("gone"))
        unlink(from.file("becomes-file/y.txt"))
        rmdir(from.file("becomes-file"))
        from.write("now a file", to: "becomes-file")
        unlink(from.file("becomes-folder"))
        from.write("inner", to: "becomes-folder/inner.txt")
        #expect(try copy.pass())
        #expect(try !copy.pass())
        #expect(copy.files.keys.sorted() == ["a.txt", "becomes-file", "becomes-folder/inner.txt"])
        #expect(to.read("a.txt") == "two")
        #expect(to.read("becomes-file") == "now a file")
        #expect(to.read("becomes-folder/inner.txt") == "inner")
        #expect(access(to.file("gone"), F_OK) != 0)
    }

    @Test("follows no link: one to a neighbour stays one, others and pipes are left out and named")
    func links() throws {
        let outside = TemporaryFolder()
        outside.write("secret", to: "outside.txt")
        from.write("one", to: "local/a.txt")
        symlink("local", from.file("usr_1"))
        symlink(outside.path, from.file("out"))
        symlink("a.txt", from.file("local/inner"))
        symlink(outside.file("outside.txt"), from.file("local/file"))
        mkfifo(from.file("local/pipe"), 0o600)
        var copy = try copy()
        #expect(try copy.pass())
        #expect(try !copy.pass())
        #expect(copy.links == ["usr_1": "local"])
        #expect(copy.leftOut == ["out", "local/inner", "local/file", "local/pipe"])
        #expect(copy.files.keys.sorted() == ["local/a.txt"])
        #expect(to.read("usr_1/a.txt") == "one")
        unlink(from.file("usr_1"))
        #expect(try copy.pass())
        #expect(copy.links.isEmpty)
        #expect(access(to.file("usr_1"), F_OK) != 0)
    }
}

@Suite("The list of a backup's files") struct BackupSumsTests {
    @Test("reads back what it wrote, whatever files are called, and is what sha256sum prints")
    func roundTrip() throws {
        var sums = BackupSums()
        let names = [
            "factory.sqlite", "workspaces/local/a b.txt", "workspaces/x\ny", "workspaces/back\\slash\\n", "w/ä",
        ]
        for name in names { sums.files[name] = BlobStore.hash(of: Array(name.utf8)) }
        let text = sums.text
        #expect(text.hasPrefix("\(BlobStore.hash(of: Array("factory.sqlite".utf8)).rawValue)  factory.sqlite\n"))
        #expect(text.contains("\\\(BlobStore.hash(of: Array(names[2].utf8)).rawValue)  workspaces/x\\ny\n"))
        #expect(try #require(BackupSums(parsing: Array(text.utf8))).files == sums.files)
    }

    @Test(
        "is refused where a path leads out of the folder, or a line is none",
        arguments: ["../x", "/etc/passwd", "a/../b", "a//b", "./a", "a/", ""])
    func paths(_ path: String) {
        let digest = String(repeating: "a", count: 64)
        #expect(BackupSums(parsing: Array("\(digest)  \(path)\n".utf8)) == nil)
        #expect(BackupSums(parsing: Array("\(digest)  fine\n".utf8)) != nil)
        #expect(BackupSums(parsing: Array("\(digest.dropLast())g  fine\n".utf8)) == nil)
        #expect(BackupSums(parsing: Array("\(digest) fine\n".utf8)) == nil)
    }
}

@Suite("A folder on its way") struct NewFolderTests {
    let place = TemporaryFolder()

    @Test("stands under its name only when it is published, and then without a lock")
    func publishes() throws {
        let folder = try NewFolder(place.file("new"), holder: "a test")
        try folder.folder.write([1, 2], to: "x")
        #expect(access(place.file("new"), F_OK) != 0)
        try folder.publish()
        #expect(place.bytes("new/x") == [1, 2])
        #expect(access(place.file("new/lock"), F_OK) != 0)
        #expect(access(place.file("new.partial"), F_OK) != 0)
        #expect(place.mode("new") == 0o700)
    }

    @Test("is refused to two at once, and free again when the first gives up")
    func held() throws {
        let first = try NewFolder(place.file("new"), holder: "the first")
        try first.folder.write([1], to: "x")
        #expect {
            try NewFolder(place.file("new"), holder: "the second")
        } throws: { error in
            if case ServerError.store(.held(let holder)) = error { holder == "the first" } else { false }
        }
        #expect(place.bytes("new.partial/x") == [1])
        first.discard()
        #expect(access(place.file("new.partial"), F_OK) != 0)
    }

    @Test("does not take the name of what came there meanwhile, and leaves that as it is")
    func meanwhile() throws {
        let folder = try NewFolder(place.file("new"), holder: "a test")
        place.write("mine", to: "new/mine.txt")
        #expect(throws: ServerError.self) { try folder.publish() }
        #expect(place.read("new/mine.txt") == "mine")
    }
}
