import FactoryJSON
import Testing

@testable import FactorySandbox

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("A job's folder", .timeLimit(.minutes(1))) struct FolderTests {
    private static func file(_ path: String, _ text: String) -> SandboxFile {
        SandboxFile(path: path, content: .bytes(Array(text.utf8)))
    }

    @Test("holds the given files, and gives back what changed")
    func comparesFiles() async throws {
        let code = """
            import os
            result = {name: open(name).read() for name in ['same', 'deep/er/changed', 'deleted']}
            open('deep/er/changed', 'a').write('!')
            open('same', 'r+').write('same')
            os.remove('deleted')
            os.makedirs('new')
            open('new/file', 'wb').write(b'\\x00\\xff')
            """
        let files = [
            Self.file("same", "same"), Self.file("deep/er/changed", "text"), Self.file("deleted", ""),
        ]
        let outcome = try await Fixture.python(code, files: files, collectsFiles: true)
        #expect(outcome.result == ["same": "same", "deep/er/changed": "text", "deleted": ""])
        #expect(
            outcome.files.changed == [
                .init(path: "deep/er/changed", bytes: Array("text!".utf8), isNew: false),
                .init(path: "new/file", bytes: [0, 0xFF], isNew: true),
            ])
        #expect(outcome.files.deleted == ["deleted"])
        #expect(outcome.files.refused.isEmpty)
    }

    @Test("takes files from open descriptors")
    func readsDescriptors() async throws {
        let descriptor = open("/etc/passwd", O_RDONLY)
        defer { close(descriptor) }
        let files = [SandboxFile(path: "accounts", content: .descriptor(descriptor))]
        let outcome = try await Fixture.python("result = open('accounts').read()", files: files)
        #expect(outcome.result?.stringValue == HostProcesses.text(of: "/etc/passwd"))
    }

    @Test("gives nothing back unless asked")
    func givesNothing() async throws {
        let outcome = try await Fixture.python("open('a', 'w').write('x')")
        #expect(outcome.files == SandboxFiles())
    }

    @Test("gives back regular files alone, and refuses the rest by name")
    func refusesSpecialFiles() async throws {
        let code = """
            import os, socket
            os.symlink('/etc/passwd', 'link'); os.symlink('/', 'folder-link'); os.mkfifo('pipe')
            open('first', 'w').write('x'); os.link('first', 'second')
            open('plain', 'w').write('x'); open(b'bad\\xff', 'w').write('x'); open('bad\\nname', 'w').write('x')
            os.mkdir('closed'); open('closed/file', 'w').write('x')
            os.remove('given'); os.symlink('plain', 'given')
            """
        let outcome = try await Fixture.python(code, files: [Self.file("given", "x")], collectsFiles: true)
        #expect(outcome.termination == .exited(0), "\(outcome.stderr.text)")
        #expect(outcome.files.changed.map(\.path) == ["closed/file", "plain"])
        let refused = Dictionary(uniqueKeysWithValues: outcome.files.refused.map { ($0.path, $0.reason) })
        #expect(
            refused == [
                "link": .symbolicLink, "folder-link": .symbolicLink, "given": .symbolicLink, "pipe": .pipe,
                "first": .hardLink, "second": .hardLink, "bad\u{FFFD}": .name, "bad\nname": .name,
            ])
        #expect(outcome.files.deleted.isEmpty)
    }

    @Test("gives back no more files and bytes than the limits say")
    func boundsFiles() async throws {
        let code = "for n in range(5): open(f'{n}', 'wb').write(bytes(1000))"
        let byCount = try await Fixture.python(code, collectsFiles: true) { $0.collectedFiles = 3 }
        #expect(byCount.files.changed.count == 3)
        #expect(byCount.files.refused.map(\.reason) == [.tooMany, .tooMany])
        let byBytes = try await Fixture.python(code, collectsFiles: true) { $0.collectedBytes = 2500 }
        #expect(byBytes.files.changed.count == 2)
        #expect(byBytes.files.refused.map(\.reason) == [.tooLarge, .tooLarge, .tooLarge])
    }

    @Test("does not count as deleted what it cannot look at")
    func keepsUnreadable() async throws {
        let code =
            "import os\nos.chmod('closed', 0)\nos.remove('open/gone')\nos.rename('moved', 'x'); os.symlink('x', 'moved')"
        let files = ["closed/file", "open/gone", "moved/file"].map { Self.file($0, "text") }
        let outcome = try await Fixture.python(code, files: files, collectsFiles: true)
        #expect(outcome.files.deleted == ["open/gone"])
        #expect(outcome.files.refused.contains { $0.path == "moved" && $0.reason == .symbolicLink })
        // Root of the host reads the closed folder, an ordinary user does not.
        #expect(outcome.files.refused.contains { $0.path == "closed" } == (getuid() != 0))
    }

    @Test("is read after the end, also of a job that was killed")
    func readsAfterKill() async throws {
        let code = "open('a', 'w').write('x')\nwhile True: print('x' * 1000)"
        let outcome = try await Fixture.python(code, collectsFiles: true)
        #expect(outcome.termination == .outputLimit)
        #expect(outcome.files.changed.map(\.path) == ["a"])
    }

    @Test(
        "takes no path that leads out of it",
        arguments: ["/a", "../a", "a/../../b", "a//b", "", "a/", ".", "a\nb", String(repeating: "a", count: 300)])
    func refusesPath(path: String) async {
        await #expect(throws: SandboxError.self) {
            try await Fixture.python("print(1)", files: [Self.file(path, "x")])
        }
    }

    @Test("takes no path twice, and none as file and folder at once")
    func refusesClash() async {
        for paths in [["a", "a"], ["a", "a/b"]] {
            await #expect(throws: SandboxError.self) {
                try await Fixture.python("print(1)", files: paths.map { Self.file($0, "x") })
            }
        }
    }

    @Test("takes no more than fits")
    func refusesTooMuch() async {
        let big = SandboxFile(path: "big", content: .bytes([UInt8](repeating: 0, count: 2 << 20)))
        await #expect(throws: SandboxError.self) {
            try await Fixture.python("print(1)", files: [big]) { $0.folderBytes = 1 << 20 }
        }
    }
}
