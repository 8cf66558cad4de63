/// Whether code can be isolated on this machine, as an actual attempt to break out showed.
public enum SandboxReadiness: Sendable, Hashable {
    /// Every attack was held off.
    case full
    /// The boundary cannot be had, or does not hold. Jobs are refused with this reason.
    case unavailable(SandboxProblem)
}

/// Remembers what the self-test and the search for interpreters found. Asked at the first job, not at the start.
actor Boundary {
    private let configuration: SandboxConfiguration
    private var test: Task<SandboxReadiness, Never>?
    private var searches: [SandboxLanguage: Task<Result<Interpreter, SandboxError>, Never>] = [:]

    init(configuration: SandboxConfiguration) { self.configuration = configuration }

    func readiness() async -> SandboxReadiness {
        if let test { return await test.value }
        let test = Task { [configuration] in await SandboxSelfTest(configuration: configuration).run() }
        self.test = test
        let readiness = await test.value
        // Asked again next time: an operator may have mended it by then.
        if readiness != .full { self.test = nil }
        return readiness
    }

    func testAgain() async -> SandboxReadiness {
        test = nil
        searches = [:]
        return await readiness()
    }

    func interpreter(for language: SandboxLanguage) async throws(SandboxError) -> Interpreter {
        if case .unavailable(let problem) = await readiness() { throw .unavailable(problem) }
        if let search = searches[language] { return try await search.value.get() }
        let search = Task { [configuration] in
            do throws(SandboxError) {
                return Result<Interpreter, SandboxError>.success(
                    try await InterpreterProbe(configuration: configuration).find(language))
            } catch {
                return .failure(error)
            }
        }
        searches[language] = search
        let found = await search.value
        // One that was not found may have been installed by the next time.
        if case .failure = found { searches[language] = nil }
        return try found.get()
    }
}
