import Foundation
import Testing

/// What holds for the source as a whole. These tests read it; they run none of it.
@Suite("The source") struct ArchitectureTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    struct File {
        let path: String
        let lines: [Substring]
        var module: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
    }

    static func files(in folder: String, endings: [String] = [".swift"]) throws -> [File] {
        let base = root.appending(path: folder)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: base.path(percentEncoded: false))
        return try paths.filter { path in endings.contains { path.hasSuffix($0) } }.sorted().map { path in
            let text = try String(contentsOf: base.appending(path: path), encoding: .utf8)
            return File(path: "\(folder)/\(path)", lines: text.split(separator: "\n", omittingEmptySubsequences: false))
        }
    }

    /// The table of ARCHITECTURE.md: what each target may import.
    static func table() throws -> [String: Set<String>] {
        let text = try String(contentsOf: root.appending(path: "ARCHITECTURE.md"), encoding: .utf8)
        var table: [String: Set<String>] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count >= 4 else { continue }
            let imports = Set(cells[3].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
            for name in cells[1].split(separator: ",") {
                table[name.trimmingCharacters(in: CharacterSet(charactersIn: " `"))] = imports.subtracting([""])
            }
        }
        return table
    }

    static let freeModules: Set<String> = ["Synchronization", "Dispatch", "Glibc", "Darwin", "Musl"]

    @Test("imports only what the table in ARCHITECTURE.md names")
    func arrows() throws {
        var table = try Self.table()
        #expect(table.count > 15)
        let everything = Set(table.keys).union(["NIOCore", "NIOPosix"])
        table["FactoryServer"] = everything.subtracting(["factory", "FactoryTestKit"])
        for file in try Self.files(in: "Sources") {
            let allowed = try #require(table[file.module], "\(file.module) is not in the table")
            for imported in Self.imports(of: file) where !allowed.union(Self.freeModules).contains(imported) {
                Issue.record("\(file.path) imports \(imported)")
            }
        }
    }

    @Test("has every target in the table, and nothing in the table that is not there")
    func tableIsComplete() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: Self.root.appending(path: "Sources").path(percentEncoded: false))
        #expect(Set(try Self.table().keys) == Set(folders))
    }

    @Test("reaches the network client, libyaml, SQLite and the file opener in one target each")
    func walls() throws {
        let owners = [
            "AsyncHTTPClient": "FactoryNetwork", "CYAML": "FactoryDefinition", "GRDB": "FactoryStoreSQLite",
            "GRDBSQLite": "FactoryStoreSQLite", "CFile": "FactoryWorkspace", "CJail": "FactorySandbox",
        ]
        for file in try Self.files(in: "Sources") {
            for imported in Self.imports(of: file) {
                if let owner = owners[imported] { #expect(file.module == owner, "\(file.path) imports \(imported)") }
            }
        }
    }

    @Test("names no step type in the engine")
    func engineKnowsNoTypes() throws {
        let names = ["prompt", "code", "file", "api", "condition", "transform", "loop", "pipeline", "approval"]
        for file in try Self.files(in: "Sources/FactoryEngine") {
            for line in file.lines {
                // `pipeline` is also a root of expressions, and `code` a member of events.
                for name in names where line.contains("\"\(name)\"") && !line.contains("scope[") {
                    if !line.contains("\"\(name)\":") { Issue.record("\(file.path): \(line)") }
                }
            }
        }
    }

    @Test("takes time, sleep and identity only where they can be injected")
    func noHiddenTime() throws {
        let forbidden = ["Date()", "UUID()", "Task.sleep", "usleep(", "Thread.sleep"]
        for file in try Self.files(in: "Sources") where file.module != "FactoryServer" && file.module != "factory" {
            for line in file.lines where !Self.isComment(line) {
                for word in forbidden where line.contains(word) { Issue.record("\(file.path): \(line)") }
            }
        }
    }

    @Test("has no sleeps in its tests")
    func noSleepingTests() throws {
        let forbidden = ["Task." + "sleep", "us" + "leep(", "Thread." + "sleep", "time." + "sleep"]
        for file in try Self.files(in: "Tests", endings: [".swift", ".py"]) where file.module != "ArchitectureTests" {
            for line in file.lines where !Self.isComment(line) {
                for word in forbidden where line.contains(word) { Issue.record("\(file.path): \(line)") }
            }
        }
    }

    @Test("has no file of more than 500 lines, but for lists that a script writes")
    func smallFiles() throws {
        for folder in ["Sources", "Tests"] {
            for file in try Self.files(in: folder, endings: [".swift", ".c", ".h", ".py"])
            where file.lines.first?.hasPrefix("// Written by scripts/") != true {
                #expect(file.lines.count <= 500, "\(file.path) has \(file.lines.count) lines")
            }
        }
    }

    @Test("keeps Foundation out of the program")
    func noFoundation() throws {
        for file in try Self.files(in: "Sources") {
            #expect(!Self.imports(of: file).contains("Foundation"), "\(file.path)")
        }
    }

    private static func isComment(_ line: Substring) -> Bool {
        let text = line.drop { $0 == " " }
        return text.hasPrefix("//") || text.hasPrefix("#")
    }

    private static func imports(of file: File) -> [String] {
        file.lines.compactMap { line in
            let words = line.split(separator: " ").filter { $0 != "public" && $0 != "@testable" }
            guard words.first == "import", let name = words.dropFirst().last else { return nil }
            return String(name.split(separator: ".").first ?? name)
        }
    }
}
