import FactoryJSON
import Testing

@testable import FactorySandbox

@Suite("What a job uses", .timeLimit(.minutes(1))) struct HidingTests {
    @Test("goes first when the machine itself runs out of memory")
    func endsFirst() async throws {
        #expect(try await Fixture.python("result = open('/proc/self/oom_score_adj').read()").result == "500\n")
    }

    @Test("cannot hide in timers and signals that wait in the kernel")
    func timers() async throws {
        let code = """
            import resource
            result = resource.getrlimit(11)
            """
        #expect(try await Fixture.python(code).result == [1024, 1024])
    }

    @Test("cannot hide in memory that a device shares")
    func deviceMemory() async throws {
        let code = """
            import mmap, os
            try:
                mmap.mmap(os.open('/dev/zero', os.O_RDWR), 4096)
                result = "shared"
            except OSError:
                result = "refused"
            """
        #expect(try await Fixture.python(code).result == "refused")
    }

    @Test("cannot hide in large pages, which the kernel counts for no process")
    func largePages() async throws {
        let code = """
            import ctypes
            c = ctypes.CDLL(None, use_errno=True)
            c.mmap.restype = ctypes.c_void_p
            c.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
            c.mmap(None, 2 << 20, 3, 0x40022, -1, 0)
            result = ctypes.get_errno()
            """
        #expect(try await Fixture.python(code).result == 1)
    }

    @Test("cannot hide behind a first thread that ended")
    func endedFirstThread() async throws {
        #if arch(x86_64)
            let exit = 60
        #else
            let exit = 93
        #endif
        let code = """
            import ctypes, os, signal, threading
            def hold():
                x = bytearray(os.urandom(1 << 20) * 40)
                signal.pause()
            for _ in range(6):
                if os.fork() == 0:
                    threading.Thread(target=hold).start()
                    ctypes.CDLL(None).syscall(\(exit), 0)
            signal.pause()
            """
        let outcome = try await Fixture.python(code) {
            $0.memoryBytes = 128 << 20
            $0.wall = .seconds(5)
        }
        #expect(outcome.termination == .memoryLimit)
    }

    @Test("cannot hide in the tables of pages that are only read")
    func pageTables() async throws {
        // V8 needs more addresses than any limit, so the programs it starts have them too.
        let reader = """
            import ctypes
            c = ctypes.CDLL(None)
            c.mmap.restype = ctypes.c_void_p
            c.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
            at = c.mmap(None, 128 << 30, 1, 0x4022, -1, 0)
            for place in range(at, at + (128 << 30), 2 << 20): ctypes.c_char.from_address(place).value
            """
        let code = "require('node:child_process').spawnSync('/usr/bin/python3', ['-c', `\(reader)`])"
        let outcome = try await Fixture.javascript(code) {
            $0.memoryBytes = 128 << 20
            $0.wall = .seconds(10)
        }
        #expect(outcome.termination == .memoryLimit)
    }

    @Test("cannot hide in what waits in sockets")
    func sockets() async throws {
        let code = """
            import os, signal, socket
            for _ in range(6):
                if os.fork() == 0:
                    pairs = [socket.socketpair() for _ in range(100)]
                    for end in [end for pair in pairs for end in pair]:
                        end.setblocking(False)
                        try:
                            while True: end.send(b'x' * 32768)
                        except BlockingIOError: pass
                    signal.pause()
            signal.pause()
            """
        let outcome = try await Fixture.python(code) {
            $0.memoryBytes = 128 << 20
            $0.wall = .seconds(5)
        }
        #expect(outcome.termination == .memoryLimit)
    }

    @Test("cannot hide the processor time of children nobody waits for")
    func unwaitedChildren() async throws {
        let code = """
            import os, signal, time
            signal.signal(signal.SIGCHLD, signal.SIG_IGN)
            for _ in range(30):
                if os.fork() == 0:
                    while time.process_time() < 0.2: pass
                    os._exit(0)
                try: os.wait()
                except ChildProcessError: pass
            """
        let outcome = try await Fixture.python(code) {
            $0.cpuSeconds = 1
            $0.wall = .seconds(20)
        }
        #expect(outcome.termination == .cpuLimit)
    }
}
