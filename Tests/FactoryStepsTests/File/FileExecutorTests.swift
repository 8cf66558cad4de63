import FactoryBlobs
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryWorkspace
import Foundation
import Testing

@testable import FactorySteps

@Suite("A file step") struct FileExecutorTests {
    @Test("reads a file with its size, hash and type")
    func reads() async throws {
        let stage = try WorkspaceStage(["notes.md": "# Hi\n"])
        let output = try await stage.run("file", "operation: read\npath: notes.md")
        #expect(
            output == [
                "path": "notes.md", "size": 5, "sha256": .string(BlobStore.hash(of: Array("# Hi\n".utf8)).rawValue),
                "content": "# Hi\n", "media_type": "text/markdown",
            ])
    }

    @Test(
        "makes of the text what parse says",
        arguments: [
            ("json", #"{"a": [1, 2.0]}"#, #"{"a":[1,2.0]}"#), ("yaml", "a: 1\nb: [on]\n", #"{"a":1,"b":["on"]}"#),
            ("csv", "\u{FEFF}n,v\na,1\n", #"[{"n":"a","v":"1"}]"#), ("lines", "a\r\nb\n", #"["a","b"]"#),
            ("base64", "ab", #""YWI=""#), ("text", "ab", #""ab""#),
            ("jsonl", "1\n\n{\"a\": 2}\n", #"[1,{"a":2}]"#), ("tsv", "n\tv\na\t1\n", #"[{"n":"a","v":"1"}]"#),
            ("toml", "a = 1\n[b]\nc = true\n", #"{"a":1,"b":{"c":true}}"#),
            ("xml", "<a><b>1</b><b>2</b></a>", #"{"a":{"b":["1","2"]}}"#),
        ])
    func parses(_ form: String, _ text: String, expected: String) async throws {
        let stage = try WorkspaceStage(["f": text])
        let output = try await stage.run("file", "operation: read\npath: f\nparse: \(form)")
        #expect(try output["content"] == JSON(parsing: expected))
    }

    @Test(
        "says where a text is not what parse says",
        arguments: ["json", "yaml", "csv", "jsonl", "tsv", "toml", "xml"])
    func parseFails(_ form: String) async throws {
        let stage = try WorkspaceStage(["f": "\"a\",\"b\"\n\"x\": [,\n"])
        let failure = try await stage.failure("file", "operation: read\npath: f\nparse: \(form)")
        #expect(failure.code == "file_invalid")
        #expect(failure.message.hasPrefix("f: ") && failure.message.contains("line "), "\(failure.message)")
    }

    @Test("stages writes, which later steps see and the folder does not")
    func writes() async throws {
        let stage = try WorkspaceStage(["a.txt": "old"])
        let output = try await stage.run("file", "operation: write\npath: a.txt\ncontent: new")
        #expect(output["size"] == 3 && output["content"] == nil)
        #expect(try await stage.run("file", "operation: read\npath: a.txt")["content"] == "new")
        #expect(stage.text(at: "a.txt") == "old")
        #expect(stage.changes.map(\.path) == ["a.txt"])
        #expect(stage.changes.first?.base == BlobStore.hash(of: Array("old".utf8)))
    }

    @Test(
        "writes values as JSON, or as format says",
        arguments: [
            ("", "{\n  \"a\": 1\n}\n"), ("format: yaml", "a: 1\n"), ("format: csv", "a\n1\n"),
            ("format: text", #"{"a":1}"#), ("format: json", "{\n  \"a\": 1\n}\n"), ("format: tsv", "a\n1\n"),
            ("format: toml", "a = 1\n"), ("format: xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>1</a>\n"),
            ("format: markdown_table", "| a |\n| --: |\n| 1 |\n"),
        ])
    func formats(_ format: String, expected: String) async throws {
        let stage = try WorkspaceStage()
        try await stage.run(
            "file", "operation: write\npath: f\ncontent: '{{ inputs.value }}'\n\(format)", inputs: ["value": ["a": 1]])
        #expect(try await stage.run("file", "operation: read\npath: f")["content"] == .string(expected))
    }

    @Test("writes the bytes that base64 stands for")
    func base64() async throws {
        let stage = try WorkspaceStage()
        try await stage.run("file", "operation: write\npath: f\nencoding: base64\ncontent: AAH/")
        let output = try await stage.run("file", "operation: read\npath: f\nparse: base64")
        #expect(output["content"] == "AAH/" && output["size"] == 3)
        #expect(output["media_type"] == "application/octet-stream")
        #expect(try await stage.failure("file", "operation: read\npath: f").code == "file_not_text")
        let failure = try await stage.failure("file", "operation: write\npath: g\nencoding: base64\ncontent: '%%'")
        #expect(failure.code == "invalid_content")
    }

    @Test("appends lines, a table's header only once")
    func appends() async throws {
        let stage = try WorkspaceStage(["log": "0\n"])
        try await stage.run("file", "operation: append\npath: log\ncontent: \"1\\n\"")
        try await stage.run("file", "operation: append\npath: log\ncontent: \"2\\n\"")
        #expect(try await stage.run("file", "operation: read\npath: log")["content"] == "0\n1\n2\n")
        #expect(stage.changes.allSatisfy { $0.isAppend })
        for _ in 0..<2 {
            try await stage.run(
                "file", "operation: append\npath: t.csv\nformat: csv\ncontent: '{{ inputs.rows }}'",
                inputs: ["rows": [["a": 1]]])
            try await stage.run(
                "file", "operation: append\npath: t.jsonl\ncontent: '{{ inputs.rows }}'", inputs: ["rows": ["a": 1]])
        }
        #expect(try await stage.run("file", "operation: read\npath: t.csv")["content"] == "a\n1\n1\n")
        #expect(try await stage.run("file", "operation: read\npath: t.jsonl")["content"] == "{\"a\":1}\n{\"a\":1}\n")
    }

    @Test("appends to lists line by line, and a table between tabs with its header only once")
    func appendsFormats() async throws {
        let stage = try WorkspaceStage()
        for _ in 0..<2 {
            for format in ["jsonl", "tsv", "lines"] {
                let rows: JSON = format == "lines" ? ["x"] : [["a": 1]]
                try await stage.run(
                    "file", "operation: append\npath: \(format)\nformat: \(format)\ncontent: '{{ inputs.rows }}'",
                    inputs: ["rows": rows])
            }
        }
        #expect(try await stage.run("file", "operation: read\npath: jsonl")["content"] == "{\"a\":1}\n{\"a\":1}\n")
        #expect(try await stage.run("file", "operation: read\npath: tsv")["content"] == "a\n1\n1\n")
        #expect(try await stage.run("file", "operation: read\npath: lines")["content"] == "x\nx\n")
    }

    @Test("replaces, skips or fails where a file is")
    func ifExists() async throws {
        let stage = try WorkspaceStage(["a": "old"])
        let skipped = try await stage.run("file", "operation: write\npath: a\ncontent: new\nif_exists: skip")
        #expect(skipped["sha256"] == .string(BlobStore.hash(of: Array("old".utf8)).rawValue))
        #expect(stage.changes.isEmpty)
        let failure = try await stage.failure("file", "operation: write\npath: a\ncontent: new\nif_exists: fail")
        #expect(failure.code == "file_exists")
    }

    @Test("edits by exact pieces and by a model's blocks")
    func edits() async throws {
        let stage = try WorkspaceStage(["a.py": "x = 1\ny = 2\n"])
        try await stage.run("file", "operation: edit\npath: a.py\nedits: [{search: 'x = 1', replace: 'x = 3'}]")
        try await stage.run(
            "file", "operation: edit\npath: a.py\nformat: search_replace\ncontent: '{{ inputs.answer }}'",
            inputs: ["answer": "<<<<<<< SEARCH\ny = 2\n=======\ny = 4\n>>>>>>> REPLACE\n"])
        #expect(try await stage.run("file", "operation: read\npath: a.py")["content"] == "x = 3\ny = 4\n")
        let failure = try await stage.failure(
            "file", "operation: edit\npath: a.py\nedits: [{search: 'x = 9', replace: ''}]")
        #expect(failure.code == "edit_failed" && failure.class == .invalidOutput)
        #expect(failure.hint?.contains("line 1") == true)
    }

    @Test("deletes, copies and moves")
    func transfers() async throws {
        let stage = try WorkspaceStage(["a": "x", "b": "y"])
        let copied = try await stage.run("file", "operation: copy\npath: a\nto: sub/a")
        #expect(copied["path"] == "sub/a" && copied["size"] == 1)
        try await stage.run("file", "operation: move\npath: b\nto: c")
        try await stage.run("file", "operation: delete\npath: a")
        let entries = try await stage.run("file", "operation: list\npattern: '**'")["entries"]?.arrayValue ?? []
        #expect(entries.map { $0["path"] } == ["c", "sub", "sub/a"])
        #expect(entries.map { $0["type"] } == ["file", "folder", "file"])
    }

    @Test(
        "fails without the file, or says null when that is no error",
        arguments: ["read", "delete", "stat", "copy\nto: b", "move\nto: b", "edit\nedits: [{search: a, replace: b}]"])
    func missing(_ operation: String) async throws {
        let stage = try WorkspaceStage()
        let failure = try await stage.failure("file", "path: none\noperation: \(operation)")
        #expect(failure.code == "file_not_found")
        guard !operation.hasPrefix("edit") else { return }
        let output = try await stage.run("file", "path: none\nmissing_ok: true\noperation: \(operation)")
        #expect(output["size"] == .null && output["sha256"] == .null)
        #expect(stage.changes.isEmpty)
    }

    @Test("tells files from folders")
    func stats() async throws {
        let stage = try WorkspaceStage(["d/f": "1"])
        #expect(try await stage.run("file", "operation: stat\npath: d")["type"] == "folder")
        #expect(try await stage.run("file", "operation: stat\npath: d/f")["type"] == "file")
        #expect(try await stage.failure("file", "operation: read\npath: d").code == "file_kind")
    }

    @Test("knows the size of a file that is too large to read")
    func large() async throws {
        let stage = try WorkspaceStage(["big": ""])
        let handle = try #require(FileHandle(forWritingAtPath: stage.folder + "/work/big"))
        try handle.truncate(atOffset: 16 * 1024 * 1024 + 1)
        try handle.close()
        let output = try await stage.run("file", "operation: stat\npath: big")
        #expect(output["size"] == 16_777_217 && output["sha256"] == .null)
        for operation in ["read", "delete", "append\ncontent: x", "move\nto: b"] {
            #expect(try await stage.failure("file", "path: big\noperation: \(operation)").code == "file_too_large")
        }
        #expect(stage.changes.isEmpty)
    }

    @Test("lists by pattern and warns about what it does not follow")
    func lists() async throws {
        let stage = try WorkspaceStage(["a.md": "", "sub/b.md": "", "sub/c.txt": ""])
        try FileManager.default.createSymbolicLink(
            atPath: stage.folder + "/work/etc", withDestinationPath: "/etc")
        let output = try await stage.output("file", "operation: list\npattern: '**/*.md'")
        #expect(output.value["entries"]?.arrayValue?.map { $0["path"] } == ["a.md", "sub/b.md"])
        #expect(output.warnings.count == 1 && output.warnings[0].contains("\"etc\""))
        let sub = try await stage.run("file", "operation: list\npath: sub")
        #expect(sub["entries"]?.arrayValue?.count == 2)
        #expect(try await stage.failure("file", "operation: list\npath: none").code == "file_not_found")
        #expect(try await stage.run("file", "operation: list\npath: none\nmissing_ok: true")["entries"] == [])
    }

    @Test(
        "refuses to leave the workspace, whatever a template makes of the path",
        arguments: ["../outside", "/etc/passwd", "link/passwd", "link", "a\u{0}b", "~/x", ""])
    func attacks(_ path: String) async throws {
        let stage = try WorkspaceStage(["inside": "x"])
        try FileManager.default.createSymbolicLink(
            atPath: stage.folder + "/work/link", withDestinationPath: "/etc")
        for operation in ["read", "write\ncontent: x", "delete", "append\ncontent: x"] {
            let failure = try await stage.failure(
                "file", "path: '{{ inputs.path }}'\noperation: \(operation)", inputs: ["path": .string(path)])
            #expect(failure.code == "path_denied", "\(operation): \(failure.message)")
            #expect(!failure.message.contains(stage.folder))
        }
        let control = try await stage.run(
            "file", "path: '{{ inputs.path }}'\noperation: read", inputs: ["path": "inside"])
        #expect(control["content"] == "x")
    }

    @Test("keeps nothing of an attempt whose changes were not settled")
    func repeated() async throws {
        let stage = try WorkspaceStage()
        let lost = try await stage.output("file", "operation: append\npath: log\ncontent: x")
        let again = WorkspaceChanges(blobs: stage.blobs, kind: .personal)
        let plan = try await again.plan(lost.changes, policy: .apply, workspace: stage.folder + "/work")
        #expect(plan.map(\.sizeBytes) == [1])
        #expect(stage.text(at: "log") == nil)
    }
}

@Suite("The changes of a run") struct WorkspaceChangesTests {
    @Test("are planned, carried out twice to the same end, and refused on a conflict")
    func carriesOut() async throws {
        let stage = try WorkspaceStage(["a": "old"])
        try await stage.run("file", "operation: write\npath: a\ncontent: new")
        try await stage.run("file", "operation: write\npath: b\ncontent: made")
        let changes = WorkspaceChanges(blobs: stage.blobs, kind: .personal)
        let (run, folder) = (ID<Run>(rawValue: "run_1"), stage.folder + "/work")
        let auto = try await changes.plan(stage.changes, policy: .auto, workspace: folder)
        #expect(auto.map(\.state) == [.pending, .planned])
        let plan = try await changes.plan(stage.changes, policy: .apply, workspace: folder)
        for _ in 0..<2 {
            let done = try await changes.carryOut(plan, of: run, policy: .apply, workspace: folder)
            #expect(done.map(\.state) == [.applied, .applied])
            #expect(stage.text(at: "a") == "new" && stage.text(at: "b") == "made")
        }
        try Data("by hand".utf8).write(to: URL(fileURLWithPath: folder + "/a"))
        let failure = try await #require(throws: StepFailure.self) {
            try await changes.carryOut(plan, of: run, policy: .apply, workspace: folder)
        }
        #expect(failure.code == "change_conflict")
        #expect(stage.text(at: "a") == "by hand" && stage.text(at: "b") == nil)
    }
}
