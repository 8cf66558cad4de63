import CJail
import Testing

@testable import FactorySandbox

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("A machine that cannot isolate", .timeLimit(.minutes(1))) struct ReadinessTests {
    @Test(
        "refuses jobs with the reason, and runs nothing",
        .enabled(if: getuid() == 0, "only root can take the right to make namespaces from a process"))
    func refusesJobs() async throws {
        // The kernel gives no user namespace to a process in a changed root folder.
        let script = """
            #!/bin/sh
            exec unshare --mount sh -c 'mount --rbind / /mnt && exec chroot /mnt "$0" "$@"' \(Fixture.jail) "$@"
            """
        let path = "/tmp/factory-jail-test-\(getpid())"
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o755)
        let bytes = Array(script.utf8)
        #expect(write(file, bytes, bytes.count) == bytes.count)
        close(file)
        defer { unlink(path) }

        let sandbox = Sandbox(configuration: SandboxConfiguration(jail: path))
        guard case .unavailable(let problem) = await sandbox.readiness() else {
            Issue.record("it claims to isolate")
            return
        }
        #expect(problem.reason == "making namespaces failed (clone): Operation not permitted")
        let error = await #expect(throws: SandboxError.self) {
            try await sandbox.run(SandboxJob(language: .python, code: "print(1)"))
        }
        #expect(error == .unavailable(problem))
    }

    @Test("is told what mends it")
    func namesRemedy() {
        let namespaces = JAIL_STAGE_NAMESPACES.rawValue
        let cases: [(KernelFacts, UInt32, Int32, String?)] = [
            (KernelFacts(mostNamespaces: 0), namespaces, ENOSPC, "user.max_user_namespaces"),
            (KernelFacts(unprivilegedNamespaces: 0), namespaces, EPERM, "kernel.unprivileged_userns_clone=1"),
            (KernelFacts(appArmorRestriction: 1), JAIL_STAGE_MOUNTS.rawValue, EACCES, "AppArmor"),
            (KernelFacts(isFiltered: true), namespaces, EPERM, "seccomp=unconfined"),
            (KernelFacts(), JAIL_STAGE_MOUNTS.rawValue, ENOSYS, "Linux 5.12"),
            (KernelFacts(), JAIL_STAGE_USER.rawValue, EPERM, "ordinary user"),
            (KernelFacts(mostNamespaces: 100, appArmorRestriction: 0), namespaces, EPERM, nil),
        ]
        for (facts, stage, error, part) in cases {
            let remedy = facts.remedy(stage: stage, error: error)
            #expect(part.map { remedy?.contains($0) == true } ?? (remedy == nil), "\(facts): \(remedy ?? "none")")
        }
    }
}

@Suite("The search for interpreters") struct InterpreterSearchTests {
    @Test("takes ELF programs below /usr, and says why it takes no others")
    func looksClosely() throws {
        let folder = "/tmp/factory-interpreters-\(getpid())"
        mkdir(folder, 0o755)
        defer {
            unlink(folder + "/python3")
            unlink(folder + "/node")
            rmdir(folder)
        }
        // A version manager's shim, and a program outside of what the jail holds.
        symlink("/usr/bin/ldd", folder + "/python3")
        symlink(Fixture.jail, folder + "/node")
        let search = InterpreterSearch(folders: [folder, "/usr/bin"])
        let python = search.candidates(for: .python)
        #expect(python.refused.first?.contains("is not an ELF program") == true)
        #expect(python.paths.first?.hasPrefix("/usr/bin/python3") == true)
        #expect(search.candidates(for: .javascript).refused.first?.contains("outside of /usr") == true)
    }

    @Test("says where it looked when there is none")
    func saysWhereItLooked() async {
        let sandbox = Sandbox(configuration: SandboxConfiguration(jail: Fixture.jail, interpreterFolders: ["/nowhere"]))
        await #expect(throws: SandboxError.interpreterMissing(.python, reason: "looked in /nowhere")) {
            try await sandbox.run(SandboxJob(language: .python, code: "print(1)"))
        }
    }

    @Test("knows versions apart")
    func comparesVersions() {
        #expect(InterpreterProbe.isNewEnough("3.8.0", for: .python))
        #expect(InterpreterProbe.isNewEnough("3.11.2", for: .python))
        #expect(!InterpreterProbe.isNewEnough("3.7.9", for: .python))
        #expect(!InterpreterProbe.isNewEnough("2.7.18", for: .python))
        #expect(InterpreterProbe.isNewEnough("18.0.0", for: .javascript))
        #expect(!InterpreterProbe.isNewEnough("16.20.0", for: .javascript))
        #expect(!InterpreterProbe.isNewEnough("none", for: .javascript))
    }
}
