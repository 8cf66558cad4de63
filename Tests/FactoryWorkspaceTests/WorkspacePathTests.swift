import Testing

@testable import FactoryWorkspace

@Suite("A workspace path") struct WorkspacePathTests {
    @Test(
        "takes plain relative names",
        arguments: ["a", "src/main.py", ".gitignore", "…/ünï", "a b/c-d_e.txt", "...a", "console.log", "COM10", "a..b"])
    func takes(_ text: String) throws {
        #expect(try WorkspacePath(text).rawValue == text)
    }

    @Test(
        "refuses everything else and says why",
        arguments: [
            ("", .empty), ("/etc/passwd", .absolute), ("~/x", .home), ("../x", .dots), ("a/../b", .dots),
            ("a/./b", .dots), (".", .dots), ("a//b", .emptyComponent), ("a/", .emptyComponent), ("a\\b", .backslash),
            ("a\0b", .controlCharacter), ("a\nb", .controlCharacter), ("a\u{85}b", .controlCharacter),
            ("a:b", .windowsForm), ("nul", .windowsForm), ("x/COM1.txt", .windowsForm), ("a. ", .windowsForm),
            ("a.", .windowsForm), ("e\u{301}", .notNormal), (".factory-part-1", .reserved),
        ] as [(String, WorkspacePathError.Reason)])
    func refuses(_ text: String, reason: WorkspacePathError.Reason) throws {
        let error = try #require(throws: WorkspacePathError.self) { try WorkspacePath(text) }
        #expect(error.reason == reason)
        #expect(!error.description.contains("\0") && !error.description.contains("\n"))
    }

    @Test("ends at 1,024 bytes, 255 bytes a part and 32 parts")
    func limits() throws {
        let longest = String(repeating: String(repeating: "a", count: 255) + "/", count: 4).dropLast()
        #expect(try WorkspacePath(String(longest)).rawValue.utf8.count == 1_023)
        #expect(throws: WorkspacePathError.self) { try WorkspacePath(longest + "/a") }
        #expect(throws: WorkspacePathError.self) { try WorkspacePath(String(repeating: "a", count: 256)) }
        let deepest = Array(repeating: "a", count: 32).joined(separator: "/")
        #expect(try WorkspacePath(deepest).components.count == 32)
        #expect(throws: WorkspacePathError.self) { try WorkspacePath(deepest + "/a") }
    }

    @Test("knows its name and the folders above it")
    func parts() throws {
        let path = try WorkspacePath("a/b/c.txt")
        #expect(path.name == "c.txt")
        #expect(path.folders.map(\.rawValue) == ["a", "a/b"])
        #expect(path.isBeneath(try WorkspacePath("a")))
        #expect(try !WorkspacePath("ab/c").isBeneath(WorkspacePath("a")))
    }
}

@Suite("A path pattern") struct PathPatternTests {
    @Test(
        "matches stars and question marks by components",
        arguments: [
            ("*.md", "a.md", true), ("*.md", "b/a.md", false), ("**/*.md", "a.md", true), ("**/*.md", "b/c/a.md", true),
            ("src/**", "src/a/b", true), ("src/**", "lib/a", false), ("?.txt", "a.txt", true),
            ("?.txt", "ab.txt", false),
            ("a*b*c", "a-b-b-c", true), ("a*b*c", "a-b-b", false), ("**", "x/y", true), ("a/**/z", "a/z", true),
            ("*", ".hidden", true), ("[ab]", "a", false),
        ])
    func matches(_ pattern: String, _ path: String, expected: Bool) throws {
        #expect(try PathPattern(pattern).matches(path) == expected)
    }

    @Test("does not take exponential time")
    func manyStars() throws {
        let pattern = try PathPattern(String(repeating: "*a", count: 60) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 250)))
    }
}
