import CJail

/// Starts found programs in a jail, which shows that they run there, and takes the first that is new enough.
struct InterpreterProbe {
    let configuration: SandboxConfiguration

    func find(_ language: SandboxLanguage) async throws(SandboxError) -> Interpreter {
        let (paths, refused) = InterpreterSearch(folders: configuration.interpreterFolders).candidates(for: language)
        var reasons = refused
        for path in paths {
            switch try await version(of: path, language) {
            case .success(let version):
                if Self.isNewEnough(version, for: language) {
                    return Interpreter(language: language, path: path, version: version)
                }
                let oldest = language.oldestVersion.map(String.init).joined(separator: ".")
                reasons.append("\(path) is version \(version), and \(oldest) is needed")
            case .failure(let problem): reasons.append("\(path): \(problem.text)")
            }
        }
        let looked = "looked in \(configuration.interpreterFolders.joined(separator: ", "))"
        throw .interpreterMissing(language, reason: ([looked] + reasons).joined(separator: "; "))
    }

    private struct Problem: Error { let text: String }

    private func version(
        of path: String, _ language: SandboxLanguage
    ) async throws(SandboxError) -> Result<String, Problem> {
        var limits = SandboxLimits.standard(for: language)
        limits.outputBytes = 4096
        let package = try JobPackage(job: [], agent: [], files: [], limits: limits)
        let launch = JailLaunch(
            package: package, limits: limits, configuration: configuration,
            memory: language.processMemory(limits),
            command: ["--agent", language.agentName, "--", path] + language.versionArguments)
        let end = try await Jail.run(launch)
        guard end.report.exit_code == 0 else { return .failure(Problem(text: "it does not start in the sandbox")) }
        let version = String(decoding: end.stdout.prefix { $0 > 0x20 }, as: UTF8.self)
        guard !version.isEmpty else { return .failure(Problem(text: "it does not tell its version")) }
        return .success(version)
    }

    static func isNewEnough(_ version: String, for language: SandboxLanguage) -> Bool {
        let parts = version.split(separator: ".").compactMap { Int($0) }
        return !parts.isEmpty && !parts.lexicographicallyPrecedes(language.oldestVersion)
    }
}
