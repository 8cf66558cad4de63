import FactoryBlobs
import FactoryDomain
import FactoryEngine
import FactoryJSON
import Testing

@Suite("A code step", .timeLimit(.minutes(1))) struct CodeExecutorTests {
    @Test(
        "gives inputs of every kind to its code, and its result back",
        arguments: [
            ("python", "def main(inputs): return [inputs['n'] + 1, inputs['text']]"),
            ("javascript", "const main = (inputs) => [inputs.n + 1, inputs.text]"),
        ])
    func passesValues(language: String, code: String) async throws {
        let stage = try CodeStage()
        let output = try await stage.output(
            """
            language: \(language)
            code: |
              \(code)
            inputs: {n: "{{ inputs.count }}", text: "n = {{ inputs.count }}"}
            """, inputs: ["count": 41])
        #expect(output.value["result"] == [42, "n = 41"])
        #expect(output.value["exit_code"] == 0)
        #expect(output.value["files"] == [])
        #expect(output.value["isolation"] == "full")
        #expect(output.isolation == "full")
        #expect((output.value["usage"]?["cpu_ms"]?.intValue ?? 0) > 0)
        #expect((output.value["usage"]?["peak_memory_bytes"]?.intValue ?? 0) > 1 << 20)
    }

    @Test("never renders its code")
    func leavesCodeAlone() async throws {
        let output = try await CodeStage().output("language: python\ncode: \"result = '{{ 1 + 1 }}'\"")
        #expect(output.value["result"] == "{{ 1 + 1 }}")
    }

    @Test("gets its secrets, and no others, as inputs.secrets")
    func passesSecrets() async throws {
        let output = try await CodeStage().output(
            "language: python\nsecrets: [token]\ncode: \"result = sorted(inputs['secrets'].items())\"",
            secrets: ["token": "s3cret-value", "other": "another-value"])
        #expect(output.value["result"] == [["token", "s3cret-value"]])
    }

    @Test("fails with the line of its own code, and keeps what it printed")
    func failsWithLine() async throws {
        let failure = try await CodeStage().failure(
            "language: python\ncode: |\n  print('before')\n  def f():\n      raise ValueError('bad row')\n  f()")
        #expect(failure.code == "exit_nonzero")
        #expect(failure.message == "ValueError: bad row (step.py, line 3)")
        #expect(failure.output?["stdout"] == "before\n")
        #expect(failure.output?["exit_code"] == 1)
        #expect(failure.output?["stderr"]?.stringValue?.contains("line 3, in f") == true)
    }

    @Test("succeeds with a non-zero exit when it is not checked")
    func isNotChecked() async throws {
        let output = try await CodeStage().output("language: python\ncheck: false\ncode: exit(3)")
        #expect(output.value["exit_code"] == 3)
        #expect(output.value["result"] == .null)
    }

    @Test(
        "fails with a code of its own for every limit",
        arguments: [
            ("timeout", "code: 'import signal; signal.pause()'\nlimits: {wall: 300ms}"),
            ("timeout", "code: 'while True: pass'\nlimits: {cpu: 1s}"),
            ("memory_limit", "code: 'x = [bytearray(1 << 20) for _ in range(4096)]'\nlimits: {memory: 64MiB}"),
            ("output_limit", "code: \"while True: print('x' * 1000)\"\nlimits: {output: 64KiB}"),
            ("output_limit", "code: \"result = 'x' * (5 << 20)\""),
            ("exit_nonzero", "code: 'import os; [os.fork() for _ in range(9)]'\nlimits: {processes: 4}"),
        ])
    func failsAtLimit(code: String, with: String) async throws {
        let failure = try await CodeStage().failure("language: python\n" + with)
        #expect(failure.code == code, "\(failure.message)")
        #expect(failure.class == (code == "timeout" ? .timeout : .other))
    }

    @Test("ends at its own timeout")
    func endsAtTimeout() async throws {
        let failure = try await CodeStage().failure(
            "language: python\ncode: 'import signal; signal.pause()'", timeout: "300ms")
        #expect(failure.code == "timeout")
        #expect(failure.class == .timeout)
    }

    @Test("announces output and progress while it runs")
    func announces() async throws {
        let stage = try CodeStage()
        _ = try await stage.output("language: python\ncode: \"print('here'); progress(2, 2, 'rows')\"")
        #expect(stage.announcements.contains(.log(.stdout, "here\n")))
        #expect(stage.announcements.contains(.progress(done: 2, of: 2, note: "rows")))
    }
}

@Suite("A code step's files", .timeLimit(.minutes(1))) struct CodeFilesTests {
    private static let change = """
        language: python
        files: write
        code: |
          import os
          open('kept').read()
          open('changed', 'a').write(' and more')
          os.remove('deleted')
          os.mkdir('sub'); open('sub/new', 'w').write('new')
          os.symlink('/etc/passwd', 'link')
        """

    @Test("become changes of the output, and leave the folder alone")
    func stagesChanges() async throws {
        let stage = try CodeStage(["kept": "same", "changed": "old", "deleted": "old"])
        let output = try await stage.output(Self.change)
        let changes = Dictionary(uniqueKeysWithValues: output.changes.map { ($0.path, $0) })
        #expect(changes.keys.sorted() == ["changed", "deleted", "sub/new"])
        #expect(changes["deleted"]?.action == .delete)
        #expect(changes["changed"]?.base == BlobStore.hash(of: Array("old".utf8)))
        #expect(changes["sub/new"]?.base == nil)
        guard case .write(let hash, let size) = changes["changed"]?.action else {
            Issue.record("the change is no write")
            return
        }
        #expect(try stage.blobs.read(hash) == Array("old and more".utf8))
        #expect(size == 12)
        #expect(stage.text(at: "changed") == "old")
        #expect(
            output.value["files"] == [
                ["path": "changed", "action": "changed"], ["path": "deleted", "action": "deleted"],
                ["path": "sub/new", "action": "created"],
            ])
        #expect(output.warnings == ["“link” is not taken over from the code's folder: a symbolic link"])
    }

    @Test("warn of what is not taken over, but not without end")
    func boundWarnings() async throws {
        let output = try await CodeStage([:]).output(
            "language: python\nfiles: write\n"
                + "code: \"import os\\nfor n in range(500): os.symlink('/', f'link-{n}-' + 'x' * 240)\"")
        #expect(output.warnings.count == 21)
        #expect(output.warnings.last == "480 more are not taken over")
        #expect(output.warnings.allSatisfy { $0.utf8.count < 300 })
    }

    @Test("hold what the run changed before")
    func showSettledChanges() async throws {
        let stage = try CodeStage(["changed": "old", "deleted": "old", "kept": "k"])
        let first = try await stage.output(Self.change)
        let second = try await stage.output(
            "language: python\nfiles: read\ncode: \"import os; result = [sorted(os.listdir()), open('changed').read()]\"",
            settled: first.changes)
        #expect(second.value["result"] == [["changed", "kept", "sub"], "old and more"])
    }

    @Test(
        "are not there unless asked for, and come back only when they are to be written", arguments: ["none", "read"])
    func keepToTheirMode(files: String) async throws {
        let output = try await CodeStage(["a": "1"]).output(
            """
            language: python
            files: \(files)
            code: |
              import os
              result = os.listdir()
              open('new', 'w').write('x')
            """)
        #expect(output.value["result"] == (files == "none" ? [] : ["a"]))
        #expect(output.changes.isEmpty)
        #expect(output.value["files"] == [])
    }

    @Test("fail the step when they are more than it can take over")
    func areBounded() async throws {
        let failure = try await CodeStage().failure(
            "language: python\nfiles: write\ncode: \"for n in range(101): open(f'{n}', 'w').close()\"")
        #expect(failure.code == "quota_exceeded")
        #expect(failure.message.contains("one file too many"))
    }

    @Test("fail the step when they do not fit into its folder")
    func mustFit() async throws {
        let stage = try CodeStage()
        let big = [UInt8](repeating: 1, count: 13 << 20)
        let settled = try (0..<5).map { number in
            FileChange(path: "big-\(number)", action: .write(try stage.blobs.put(big), size: 13 << 20), base: nil)
        }
        let failure = try await #require(throws: StepFailure.self) {
            _ = try await stage.output("language: python\nfiles: read\ncode: print(1)", settled: settled)
        }
        #expect(failure.code == "quota_exceeded")
        #expect(failure.message.contains("5 files"))
    }
}
