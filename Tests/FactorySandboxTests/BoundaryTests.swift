import FactoryJSON
import Testing

@testable import FactorySandbox

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("The boundary", .timeLimit(.minutes(1))) struct BoundaryTests {
    @Test("holds off every attack of the self-test")
    func holds() async {
        #expect(await SandboxSelfTest(configuration: Fixture.configuration).run() == .full)
    }

    @Test("is what holds them off: without it the same attacks get through")
    func controlBreaksOut() throws {
        let targets = try CanaryTargets()
        let target = String(decoding: targets.description.dropLast(), as: UTF8.self)
        let output = HostProcesses.output(
            of: "echo '\(target)' | FACTORY_CANARY=1 \(Fixture.jail) --canary-inside 3>&1 4<&0 2>&1")
        let attacks = try JSON(parsing: output)
        for name in ["environment", "file", "network", "processes"] {
            #expect(attacks[name] == true, "\(name) in \(output)")
        }
        #expect(targets.wasReached)
    }

    /// Python that prints True when it gets at something of the host. Each prints True outside of the jail.
    static let probes = [
        ("the environment", "import os; print('FACTORY_TEST_MARK' in os.environ)"),
        ("accounts", "print('root' in open('/etc/passwd').read())"),
        ("the data folder", "import os; print(os.path.exists('\(dataFolder)'))"),
        ("the host's processes", "import os; print(os.path.exists('/proc/\(getpid())'))"),
        ("the network", "import socket; socket.socket(socket.AF_INET); print(True)"),
        ("another address family", "import socket; socket.socket(socket.AF_UNIX); print(True)"),
        ("devices", "import os; print(os.path.exists('/dev/full'))"),
        ("the system's settings", "import os; print(os.path.exists('/sys/kernel') or os.path.exists('/proc/sys'))"),
        ("the kernel's start options", "print(bool(open('/proc/cmdline').read()))"),
    ]
    static let dataFolder = Fixture.jail

    @Test("keeps a job from", arguments: probes)
    func hides(what: String, code: String) async throws {
        setenv("FACTORY_TEST_MARK", "1", 1)
        #expect(HostProcesses.python(code).hasPrefix("True"), "the control finds \(what)")
        let outcome = try await Fixture.python(code)
        #expect(!outcome.stdout.text.contains("True"), "\(outcome.stdout.text)")
        #expect(outcome.exitCode == 0 || outcome.codeError != nil)
    }

    @Test("lets a job see nothing but its own small tree")
    func showsOwnTree() async throws {
        let code = """
            import os
            result = [sorted(os.listdir('/')), sorted(os.listdir('/dev')), sorted(os.listdir('/etc')),
                      sorted(os.environ), os.getcwd(), os.getuid(), os.listdir('/job'), os.listdir('/tmp'),
                      [n for n in os.listdir('/proc') if n.isdigit()]]
            """
        let result = try await Fixture.python(code).result
        let root: JSON = ["bin", "dev", "etc", "factory", "job", "lib", "lib64", "proc", "tmp", "usr"]
        #expect(result?[0]?.arrayValue?.allSatisfy { root.arrayValue?.contains($0) == true } == true)
        #expect(result?[1] == ["fd", "null", "random", "stderr", "stdin", "stdout", "urandom"])
        #expect(result?[2]?.arrayValue?.contains("passwd") == true)
        #expect(result?[2]?.arrayValue?.contains("shadow") == false)
        #expect(result?[3] == ["HOME", "LANG", "NO_COLOR", "PATH", "TMPDIR", "TZ"])
        #expect(result?[4] == "/job")
        #expect(result?[5] == 1000)
        #expect(result?[6] == [])
        #expect(result?[7] == [])
        #expect(result?[8] == ["1", "2"])
    }

    @Test(
        "refuses the system call",
        arguments: [
            // Arguments that would succeed, or fail in another way, without the filter.
            ("unshare", 272, "0x10000000, 0, 0", EPERM), ("clone3", 435, "0, 0, 0", ENOSYS),
            ("io_uring_setup", 425, "1, 0, 0", ENOSYS), ("memfd_create", 319, "b'x', 0, 0", EPERM),
            ("keyctl", 250, "0, 0, 0", EPERM), ("bpf", 321, "0, 0, 0", EPERM), ("ptrace", 101, "0, 0, 0", EPERM),
            ("personality", 135, "0xffffffff, 0, 0", EPERM), ("setuid", 105, "1000, 0, 0", EPERM),
            ("shmget", 29, "0, 4096, 0", EPERM), ("sync", 162, "0, 0, 0", EPERM),
            ("open_tree", 428, "-100, b'/', 0", ENOSYS), ("pidfd_getfd", 438, "0, 0, 0", ENOSYS),
            ("seccomp", 317, "0, 0, 0", EPERM), ("inotify_init1", 294, "0, 0, 0", EPERM),
            ("clone with a namespace", 56, "0x10000011, 0, 0", EPERM),
        ] as [(String, Int, String, Int32)])
    func refusesCall(name: String, number: Int, arguments: String, error: Int32) async throws {
        #if arch(x86_64)
            let code = """
                import ctypes
                c = ctypes.CDLL(None, use_errno=True)
                result = [c.syscall(\(number), \(arguments)), ctypes.get_errno()]
                """
            #expect(try await Fixture.python(code).result == [-1, .int(Int64(error))], "\(name)")
        #endif
    }

    @Test("refuses shared memory without a file, and lets private memory be")
    func refusesSharedMemory() async throws {
        let code = """
            import mmap
            mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
            try:
                mmap.mmap(-1, 4096)
                result = "shared"
            except PermissionError:
                result = "refused"
            """
        #expect(try await Fixture.python(code).result == "refused")
    }

    @Test("leaves what ordinary programs need: processes, threads, pipes, sockets in pairs, files, time")
    func allowsOrdinaryWork() async throws {
        let work = """
            import asyncio, concurrent.futures, os, shutil, signal, socket, subprocess, tempfile, threading, zipfile
            a, b = socket.socketpair()
            a.send(b'x'); assert b.recv(1) == b'x'
            assert subprocess.run('echo $((6*7)) | cat', shell=True, capture_output=True).stdout == b'42\\n'
            with concurrent.futures.ThreadPoolExecutor(4) as pool: assert sum(pool.map(abs, [-1, 2])) == 3
            with tempfile.TemporaryDirectory() as folder:
                with open(folder + '/f', 'w') as file: file.write('x' * 100000)
                shutil.copytree(folder, '/job/copy'); os.rename('/job/copy/f', '/job/g')
            async def child():
                process = await asyncio.create_subprocess_exec('/usr/bin/env', stdout=asyncio.subprocess.PIPE)
                return (await process.communicate())[0]
            assert b'HOME=/job' in asyncio.run(child())
            process = subprocess.Popen(['/bin/cat'], stdin=subprocess.PIPE); process.terminate()
            assert process.wait() == -signal.SIGTERM
            os.mkfifo('/tmp/pipe'); os.symlink('a', '/tmp/link'); os.chmod('/job/g', 0o600)
            result = 'all'
            """
        let outcome = try await Fixture.python(work)
        #expect(outcome.result == "all", "\(outcome.stderr.text)")
    }

    @Test("is not built when the launcher is missing, and nothing runs")
    func refusesWithoutLauncher() async {
        let sandbox = Sandbox(configuration: SandboxConfiguration(jail: "/nowhere/factory-jail"))
        await #expect(throws: SandboxError.self) {
            try await sandbox.run(SandboxJob(language: .python, code: "print(1)"))
        }
        guard case .unavailable(let problem) = await sandbox.readiness() else {
            Issue.record("a sandbox without launcher is ready")
            return
        }
        #expect(problem.reason.contains("factory-jail cannot be started"))
    }
}
