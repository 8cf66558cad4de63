import FactorySecrets
import FactoryTestKit
import Glibc
import Testing

@Suite("The file of the master key") struct MasterKeyFileTests {
    private let folder = TemporaryFolder()
    private var path: String { folder.file("master.key") }
    private var source: MasterKeySource { .file(path) }

    @Test("is made at the first use, for its owner alone, and holds the same key from then on")
    func made() throws {
        #expect(try source.keys().current == nil)
        let key = try source.make()
        #expect(try source.make().id == key.id)
        #expect(try source.keys().current?.id == key.id)
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(status.st_nlink == 1)
    }

    @Test("is the same for all that make it at once")
    func race() async throws {
        let source = source
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<16 { group.addTask { try source.make().id } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
    }

    @Test("is refused where others can reach it", arguments: [0o640, 0o604, 0o620, 0o601] as [mode_t])
    func mode(_ mode: mode_t) throws {
        _ = try source.make()
        #expect(chmod(path, mode) == 0)
        let error = #expect(throws: SecretError.self) { try source.keys() }
        #expect(error?.description.contains("can be reached by others (mode \(String(mode, radix: 8)))") == true)
        #expect(error?.description.contains("chmod 600") == true)
    }

    @Test("is refused as a symbolic link, a folder, a pipe, and with anything but a key in it")
    func kinds() throws {
        #expect(symlink("/etc/hostname", path) == 0)
        #expect(message()?.contains("symbolic link") == true)
        unlink(path)
        #expect(mkdir(path, 0o700) == 0)
        #expect(message()?.contains("is not a file") == true)
        rmdir(path)
        #expect(mkfifo(path, 0o600) == 0)
        #expect(message()?.contains("is not a file") == true)
        unlink(path)
        for text in ["", "abc", String(repeating: "ab", count: 33), String(repeating: "z", count: 64)] {
            let descriptor = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0o600)
            #expect(write(descriptor, text, text.utf8.count) == text.utf8.count)
            close(descriptor)
            #expect(message()?.contains("holds no key: 64 hex digits are expected") == true)
        }
    }

    @Test("is refused where it belongs to another user", .enabled(if: geteuid() == 0))
    func owner() throws {
        _ = try source.make()
        #expect(chown(path, 65_533, 65_533) == 0)
        #expect(message()?.contains("belongs to another user (65533)") == true)
    }

    @Test("is not wanted where the environment gives the key")
    func given() throws {
        let source = MasterKeySource.given(String(repeating: "0a", count: 32), next: nil)
        #expect(try source.make().id == source.keys().current?.id)
        let error = #expect(throws: SecretError.self) { try MasterKeySource.given("short", next: nil).keys() }
        #expect(error?.description.contains("CODE_FACTORY_MASTER_KEY") == true)
        #expect(error?.description.contains("short") == false)
    }

    private func message() -> String? {
        do throws(SecretError) {
            _ = try source.keys()
            return nil
        } catch { return error.description }
    }
}
