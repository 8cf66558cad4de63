import FactoryJSON
import FactorySandbox
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("A jail", .timeLimit(.minutes(1))) struct LifetimeTests {
    private static func sleeper(_ mark: String) -> String {
        """
        import subprocess
        child = subprocess.Popen(['/usr/bin/sleep', '\(mark)'], start_new_session=True)
        print('ready')
        child.wait()
        """
    }

    @Test("ends with the task that waits for it")
    func endsWithTask() async throws {
        let mark = HostProcesses.mark(86402)
        let ready = Seen<Bool>()
        let task = Task {
            defer { ready.finish() }
            return try await Fixture.python(
                Self.sleeper(mark),
                onOutput: { output in
                    if output == .stdout("ready\n") { ready.add(!HostProcesses.started(mark).isEmpty) }
                })
        }
        await ready.first()
        task.cancel()
        let started = ContinuousClock.now
        await #expect(throws: SandboxError.cancelled) { try await task.value }
        #expect(ready.all == [true], "it is there before the end")
        #expect(HostProcesses.running(mark).isEmpty)
        #expect(ContinuousClock.now - started < .seconds(3))
    }

    @Test("is not started for a task that is cancelled already")
    func doesNotStart() async {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await Fixture.python("print(1)")
        }
        await #expect(throws: SandboxError.cancelled) { try await task.value }
    }

    @Test("runs beside others")
    func runsBesideOthers() async throws {
        let mark = HostProcesses.mark(86403)
        let ready = Seen<Bool>()
        let long = Task {
            defer { ready.finish() }
            return try await Fixture.python(
                Self.sleeper(mark), onOutput: { if $0 == .stdout("ready\n") { ready.add(true) } })
        }
        await ready.first()
        let short = try await Fixture.python("result = 1")
        #expect(short.result == 1)
        #expect(!HostProcesses.started(mark).isEmpty, "the first still runs when the second has ended")
        long.cancel()
        _ = await long.result
    }

    @Test("waits for a place when all are taken")
    func waitsForPlace() async throws {
        let mark = HostProcesses.mark(86404)
        let sandbox = Sandbox(configuration: SandboxConfiguration(jail: Fixture.jail, width: 1))
        let ready = Seen<Bool>()
        let long = Task {
            defer { ready.finish() }
            return try await sandbox.run(SandboxJob(language: .python, code: Self.sleeper(mark))) {
                if $0 == .stdout("ready\n") { ready.add(true) }
            }
        }
        await ready.first()
        let second = Task { try await sandbox.run(SandboxJob(language: .python, code: "result = 1")) }
        let third = Task { try await sandbox.run(SandboxJob(language: .python, code: "result = 2")) }
        second.cancel()
        await #expect(throws: SandboxError.cancelled) { try await second.value }
        #expect(!HostProcesses.started(mark).isEmpty)
        long.cancel()
        #expect(try await third.value.result == 2)
    }

    @Test("is gone a second after kill -9 of the process that started it")
    func diesWithServer() async {
        let mark = HostProcesses.mark(86405)
        await #expect(processExitsWith: .signal(SIGKILL)) { [mark = mark as String] in
            let ready = Seen<Bool>()
            let job = Task {
                defer { ready.finish() }
                return try await Fixture.python(
                    Self.sleeper(mark),
                    onOutput: { output in
                        if output == .stdout("ready\n") { ready.add(!HostProcesses.started(mark).isEmpty) }
                    })
            }
            await ready.first()
            // The control: an exit code instead of the signal when there was nothing to end.
            if ready.all != [true] { exit(3) }
            kill(getpid(), SIGKILL)
            _ = await job.result
        }
        #expect(HostProcesses.areGone(mark, within: 1))
    }

    @Test("is gone when factory-jail alone is killed, and its job is lost")
    func diesWithSupervisor() async {
        let mark = HostProcesses.mark(86406)
        let ready = Seen<[pid_t]>()
        let task = Task {
            defer { ready.finish() }
            return try await Fixture.python(
                Self.sleeper(mark),
                onOutput: { output in
                    if output == .stdout("ready\n") { ready.add(Self.supervisor(of: mark)) }
                })
        }
        await ready.first()
        for process in ready.all.first ?? [] { kill(process, SIGKILL) }
        await #expect(throws: SandboxError.lost("factory-jail was ended by signal 9")) { try await task.value }
        #expect(HostProcesses.areGone(mark, within: 1))
    }

    /// The first process above the marked one that is a child of this process.
    private static func supervisor(of mark: String) -> [pid_t] {
        guard var process = HostProcesses.started(mark).first else { return [] }
        for _ in 0..<8 {
            let fields = HostProcesses.text(of: "/proc/\(process)/stat").split(separator: ")").last?.split(
                separator: " ")
            guard let parent = fields?.dropFirst().first.flatMap({ pid_t($0) }), parent > 1 else { return [] }
            if parent == getpid() { return [process] }
            process = parent
        }
        return []
    }

    @Test("is the same for an ordinary user", .enabled(if: getuid() == 0, "only root can become somebody else"))
    func worksForOrdinaryUser() async {
        await #expect(processExitsWith: .success) {
            guard setgroups(0, nil) == 0, setregid(65_534, 65_534) == 0, setreuid(65_534, 65_534) == 0
            else { exit(4) }
            guard await Fixture.sandbox.readiness() == .full else { exit(5) }
            let file = SandboxFile(path: "a.txt", content: .bytes(Array("old".utf8)))
            let code = "import os\nopen('a.txt', 'w').write('new')\nresult = os.getuid()"
            guard let outcome = try? await Fixture.python(code, files: [file], collectsFiles: true) else { exit(6) }
            guard outcome.result == 1000, outcome.files.changed.map(\.path) == ["a.txt"] else { exit(7) }
            exit(0)
        }
    }

    @Test("leaves no process, descriptor or thread behind")
    func leavesNothing() async throws {
        await #expect(processExitsWith: .success) {
            _ = try? await Fixture.python("print(1)")
            let before = Self.openDescriptors
            for _ in 0..<20 { _ = try? await Fixture.python("print(1)") }
            let children = HostProcesses.text(of: "/proc/\(getpid())/task/\(getpid())/children")
            // The thread of the last job may still be letting go of its own few.
            exit(Self.openDescriptors < before + 10 && children.isEmpty ? 0 : 1)
        }
    }

    private static var openDescriptors: Int { (0..<256).count { fcntl(Int32($0), F_GETFD) >= 0 } }
}
