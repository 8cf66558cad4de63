import CJail

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The settings of a kernel that decide whether a jail can be made.
struct KernelFacts: Sendable, Hashable {
    /// `kernel.unprivileged_userns_clone`; nil where there is no such setting.
    var unprivilegedNamespaces: Int?
    /// `user.max_user_namespaces`.
    var mostNamespaces: Int?
    /// `kernel.apparmor_restrict_unprivileged_userns`.
    var appArmorRestriction: Int?
    /// Whether this process already runs under a seccomp filter, as in a container.
    var isFiltered = false
}

extension KernelFacts {
    /// What this machine says.
    static func read() -> KernelFacts {
        KernelFacts(
            unprivilegedNamespaces: number("/proc/sys/kernel/unprivileged_userns_clone"),
            mostNamespaces: number("/proc/sys/user/max_user_namespaces"),
            appArmorRestriction: number("/proc/sys/kernel/apparmor_restrict_unprivileged_userns"),
            isFiltered: text("/proc/self/status")?.contains("Seccomp:\t2") ?? false)
    }

    /// What to do when `stage` failed with `error`; nil where these settings do not explain it.
    func remedy(stage: UInt32, error: Int32) -> String? {
        let namespaceStages: Set<UInt32> = [
            JAIL_STAGE_NAMESPACES.rawValue, JAIL_STAGE_ID_MAP.rawValue, JAIL_STAGE_MOUNTS.rawValue,
        ]
        if error == ENOSYS { return "Linux 5.12 or newer is needed (mount_setattr, openat2, close_range)." }
        if stage == JAIL_STAGE_USER.rawValue { return "Start factory as an ordinary user instead of root." }
        guard namespaceStages.contains(stage) else { return nil }
        if mostNamespaces == 0 {
            return "User namespaces are switched off. Allow them: sysctl -w user.max_user_namespaces=15000"
        }
        if unprivilegedNamespaces == 0 {
            return "Unprivileged user namespaces are switched off. Allow them: "
                + "sysctl -w kernel.unprivileged_userns_clone=1"
        }
        if let appArmorRestriction, appArmorRestriction > 0, error == EPERM || error == EACCES {
            return "AppArmor restricts user namespaces. Load a profile that allows factory-jail `userns`, or: "
                + "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
        }
        if isFiltered, error == EPERM {
            return "The container's seccomp profile forbids user namespaces. Start the container with one that allows "
                + "clone, mount and pivot_root for them (Docker and Podman: --security-opt seccomp=unconfined; some "
                + "also need --security-opt systempaths=unconfined)."
        }
        if error == ENOSPC || error == EUSERS {
            return "The limit on namespaces is reached: see user.max_*_namespaces, and end what leaks them."
        }
        return nil
    }

    private static func number(_ path: String) -> Int? {
        text(path).flatMap { Int($0.split(whereSeparator: \.isWhitespace).first ?? "") }
    }

    private static func text(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = SystemCall.readOnce(file, into: &bytes)
        return count >= 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }
}

extension SandboxProblem {
    /// What `factory-jail` reported, with the remedy that this machine's settings suggest.
    init(_ report: jail_report) {
        let detail = withUnsafeBytes(of: report.detail) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let stage = String(cString: cjail_stage_name(report.stage))
        self.init(
            reason: "\(stage) failed (\(detail)): \(Descriptor.text(of: report.error))",
            hint: KernelFacts.read().remedy(stage: report.stage, error: report.error))
    }
}
