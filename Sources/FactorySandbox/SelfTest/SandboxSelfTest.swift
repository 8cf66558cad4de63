import CJail
import FactoryJSON

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Tries to break out of a jail, with a program made for it: reads the environment, files of the host and its
/// accounts, reaches for a listener on the loopback interface, for processes of the host, for its programs, mounts,
/// makes namespaces, traces, becomes root, types into a terminal, and looks for descriptors that leaked.
public struct SandboxSelfTest: Sendable {
    private let configuration: SandboxConfiguration

    /// A test of the jail that `configuration` names.
    public init(configuration: SandboxConfiguration = SandboxConfiguration()) { self.configuration = configuration }

    /// Runs it once. Takes some 10 ms.
    public func run() async -> SandboxReadiness {
        do throws(SandboxError) {
            let escaped = try await escapes()
            guard escaped.isEmpty else {
                let reason = "the self-test broke out of the sandbox: \(escaped.joined(separator: ", "))"
                return .unavailable(
                    SandboxProblem(reason: reason, hint: "Please report this with the kernel's version."))
            }
            return .full
        } catch {
            switch error {
            case .setupFailed(let problem), .unavailable(let problem): return .unavailable(problem)
            default: return .unavailable(SandboxProblem(reason: "the self-test did not end: \(error)"))
            }
        }
    }

    /// The names of the attacks that got through.
    func escapes() async throws(SandboxError) -> [String] {
        let targets = try CanaryTargets()
        var limits = SandboxLimits()
        limits.wall = .seconds(10)
        let package = try JobPackage(job: targets.description, agent: [], files: [], limits: limits)
        let launch = JailLaunch(
            package: package, limits: limits, configuration: configuration,
            memory: ProcessMemory(data: limits.memoryBytes, address: 0), command: ["--canary"])
        let end = try await Jail.run(launch)
        guard end.report.exit_code == 0, let attacks = try? JSON(parsing: end.result).objectValue, !attacks.isEmpty
        else { throw .lost("its program ended with exit code \(end.report.exit_code), signal \(end.report.signal)") }
        var escaped = attacks.filter { $0.value != .bool(false) }.map(\.key)
        if targets.wasReached { escaped.append("a connection") }
        return escaped
    }
}

/// What the self-test's attacks aim at: a file of the host, a listener on the loopback interface, this process.
final class CanaryTargets {
    private let path: String
    private let file: Descriptor
    private let listener: Descriptor
    private let port: UInt16

    init() throws(SandboxError) {
        path = "/tmp/factory-canary-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
        let opened = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        file = Descriptor(try Descriptor.check(opened.orErrno, "a canary file"))
        try file.write(Array("canary".utf8))
        #if canImport(Darwin)
            let kind = SOCK_STREAM
        #else
            let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        #endif
        listener = Descriptor(try Descriptor.check(socket(AF_INET, kind, 0).orErrno, "a canary listener"))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener.number
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                bind(listener, general, size) == 0 && listen(listener, 4) == 0
                    && getsockname(listener, general, &size) == 0
            }
        }
        try Descriptor.check(bound ? 0 : -errno, "a canary listener")
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { unlink(path) }

    /// The form that the attacking program reads.
    var description: [UInt8] { Array("\(path) \(port) \(getpid())\n".utf8) }

    /// Whether something connected.
    var wasReached: Bool {
        let connection = accept(listener.number, nil, nil)
        guard connection >= 0 else { return false }
        close(connection)
        return true
    }
}

extension Int32 {
    fileprivate var orErrno: Int32 { self < 0 ? -errno : self }
}
