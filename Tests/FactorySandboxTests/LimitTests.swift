import FactoryJSON
import FactorySandbox
import Testing

@Suite("A limit", .timeLimit(.minutes(1))) struct LimitTests {
    @Test("on wall time ends a job, and a daemon that it hid in a session of its own")
    func boundsWallTime() async throws {
        let mark = HostProcesses.mark(86401)
        let code = """
            import os, signal, subprocess
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.execv('/usr/bin/sleep', ['sleep', '\(mark)'])
                os._exit(0)
            os.wait()
            while not any(b'\(mark)' in open(f'/proc/{p}/cmdline', 'rb').read() for p in os.listdir('/proc') if p.isdigit()): pass
            print('ready')
            signal.pause()
            """
        let daemons = Seen<Int>()
        let outcome = try await Fixture.python(code) {
            $0.wall = .seconds(2)
        } onOutput: { output in
            if output == .stdout("ready\n") { daemons.add(HostProcesses.started(mark).count) }
        }
        #expect(outcome.termination == .wallTimeout)
        #expect(outcome.exitCode == nil)
        #expect(outcome.stdout.text == "ready\n")
        #expect(daemons.all == [1], "the daemon is there before the end")
        #expect(HostProcesses.running(mark).isEmpty)
    }

    @Test("on processor time ends a job that computes")
    func boundsProcessorTime() async throws {
        let outcome = try await Fixture.python("while True: pass") { $0.cpuSeconds = 1 }
        #expect(outcome.termination == .cpuLimit)
        #expect((950...2500).contains(outcome.cpuMilliseconds), "\(outcome.cpuMilliseconds) ms")
    }

    @Test("on processor time counts all processes together")
    func boundsProcessorTimeOfAll() async throws {
        let code = "import os\nfor _ in range(4): os.fork()\nwhile True: pass"
        let outcome = try await Fixture.python(code) { $0.cpuSeconds = 1 }
        #expect(outcome.termination == .cpuLimit)
        #expect(outcome.cpuMilliseconds < 3000)
    }

    @Test("on memory ends an interpreter that asks for more")
    func boundsMemory() async throws {
        let outcome = try await Fixture.python("x = [bytearray(1 << 20) for _ in range(4096)]") {
            $0.memoryBytes = 64 << 20
        }
        #expect(outcome.termination == .memoryLimit)
        #expect(outcome.peakMemoryBytes < 128 << 20)
    }

    @Test("on memory counts all processes together")
    func boundsMemoryOfAll() async throws {
        let code = """
            import os, signal
            for _ in range(8):
                if os.fork() == 0:
                    x = bytearray(os.urandom(1 << 20) * 40)
                    signal.pause()
            signal.pause()
            """
        let outcome = try await Fixture.python(code) { $0.memoryBytes = 128 << 20 }
        #expect(outcome.termination == .memoryLimit)
    }

    @Test("on processes holds a fork bomb, and leaves other jobs theirs")
    func boundsProcesses() async throws {
        let bomb = """
            import os
            count, code = 0, None
            try:
                for _ in range(200):
                    if os.fork() == 0:
                        import signal; signal.pause()
                    count += 1
            except OSError as error:
                code = error.errno
            result = [count, code]
            """
        async let first = Fixture.python(bomb) { $0.processes = 16 }
        async let second = Fixture.python(bomb) { $0.processes = 16 }
        #expect(try await first.result == [15, 11])
        #expect(try await second.result == [15, 11])
    }

    @Test("on output ends a flood, and keeps its head and its tail")
    func boundsOutput() async throws {
        let code = "print('start')\nwhile True: print('x' * 1000)"
        let outcome = try await Fixture.python(code)
        #expect(outcome.termination == .outputLimit)
        #expect(outcome.stdout.isTruncated)
        #expect(outcome.stdout.bytes == 1 << 20)
        #expect(outcome.stdout.text.hasPrefix("start\n"))
        #expect(outcome.stdout.text.utf8.count < 330 << 10)
        #expect(outcome.stdout.text.contains("bytes left out"))
    }

    @Test("on output is noticed in what a job leaves in its pipes", arguments: [1000, 1001])
    func boundsLastOutput(bytes: Int) async throws {
        let outcome = try await Fixture.python("import os; os.write(1, b'x' * \(bytes))") { $0.outputBytes = 1000 }
        #expect(outcome.termination == (bytes > 1000 ? .outputLimit : .exited(0)))
    }

    @Test("on output counts both streams")
    func boundsBothStreams() async throws {
        let code = "import sys\nfor _ in range(60): print('o' * 1000); print('e' * 1000, file=sys.stderr)"
        let outcome = try await Fixture.python(code) { $0.outputBytes = 100_000 }
        #expect(outcome.termination == .outputLimit)
        #expect(outcome.stdout.bytes + outcome.stderr.bytes == 100_000)
    }

    @Test("on the result ends a job whose result is too long")
    func boundsResult() async throws {
        let outcome = try await Fixture.python("result = 'x' * 100_000") { $0.resultBytes = 10_000 }
        #expect(outcome.termination == .resultLimit)
        #expect(outcome.result == nil)
    }

    @Test("on the folder lets writing fail, in /tmp too")
    func boundsFolder() async throws {
        let code = """
            import errno
            result = []
            for path in ['/job/a', '/tmp/b']:
                try:
                    with open(path, 'wb') as file:
                        for _ in range(8): file.write(bytes(1 << 20))
                except OSError as error:
                    result.append(errno.errorcode[error.errno])
            """
        let outcome = try await Fixture.python(code) { $0.folderBytes = 4 << 20 }
        // The first hits the limit on one file, which is that of the folder, or the folder's own.
        #expect(outcome.result == ["ENOSPC", "ENOSPC"] || outcome.result == ["EFBIG", "ENOSPC"])
    }

    @Test("on folder entries lets creating fail")
    func boundsEntries() async throws {
        let code = """
            import errno
            count = 0
            try:
                for number in range(1000):
                    open(f'{number}', 'w').close(); count += 1
            except OSError as error:
                result = [count, errno.errorcode[error.errno]]
            """
        #expect(try await Fixture.python(code) { $0.folderEntries = 50 }.result == [50, "ENOSPC"])
    }

    @Test("on descriptors lets opening fail")
    func boundsDescriptors() async throws {
        let code = """
            import errno
            try:
                files = [open('/dev/null') for _ in range(1000)]
            except OSError as error:
                result = errno.errorcode[error.errno]
            """
        #expect(try await Fixture.python(code).result == "EMFILE")
    }

    @Test("above the maximum, or of nothing, is refused before anything runs")
    func isChecked() async {
        for change: @Sendable (inout SandboxLimits) -> Void in [
            { $0.wall = .seconds(901) }, { $0.wall = .zero }, { $0.memoryBytes = 5 << 30 }, { $0.processes = 0 },
            { $0.cpuSeconds = 0 }, { $0.outputBytes = 17 << 20 },
        ] {
            await #expect(throws: SandboxError.self) { try await Fixture.python("print(1)", limits: change) }
        }
    }
}
